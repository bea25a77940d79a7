using MusicSocial.Server.Comments;

namespace MusicSocial.Server.Hubs;

internal sealed partial class ListeningHub
{
    /// <summary>Posts a comment under a song; the same client key twice is the same comment, once.</summary>
    public Task<Comment> PostComment(PostComment comment, LiveComments comments) =>
        comments.PostAsync(CurrentUser, comment, Context.ConnectionAborted);
}
