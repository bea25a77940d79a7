namespace MusicSocial.Server.Hubs;

internal sealed partial class ListeningHub
{
    /// <summary>Lets an emoji fly over a followed topic.</summary>
    public Task React(string topic, string emoji, Reactions reactions) =>
        reactions.ReactAsync(Context.ConnectionId, CurrentUser.Id, topic, emoji, Context.ConnectionAborted);
}
