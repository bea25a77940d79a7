using MusicSocial.Server.Reactions;

namespace MusicSocial.Server.Hubs;

internal sealed partial class ListeningHub
{
    /// <summary>Sends an emoji to the followers of a topic that the caller follows too.</summary>
    public Task React(string topic, string emoji, EmojiReactions reactions) =>
        reactions.ReactAsync(Context.ConnectionId, CurrentUser.Id, topic, emoji, Context.ConnectionAborted);
}
