using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Comments;

/// <summary>Tells people that a comment answers or names them; telling twice is telling once.</summary>
internal sealed class CommentNotices(Inbox inbox, AccountStore accounts)
{
    /// <summary>Names beyond these are not told: a comment is no megaphone.</summary>
    private const int MaxMentions = 5;

    public async Task TellAsync(Comment comment, CommentRow? parent, CancellationToken cancellationToken)
    {
        var told = new HashSet<string> { comment.Author.Id };
        if (parent is not null && told.Add(parent.AuthorId))
            await inbox.NotifyAsync(parent.AuthorId, "reply", comment, $"reply:{comment.Id}", cancellationToken);

        foreach (var handle in Mentions.In(comment.Text).Take(MaxMentions))
        {
            if (await accounts.FindByHandleAsync(handle, cancellationToken) is { } account && told.Add(account.User.Id))
                await inbox.NotifyAsync(account.User.Id, "mention", comment, $"mention:{comment.Id}", cancellationToken);
        }
    }
}
