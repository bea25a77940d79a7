using MusicSocial.Server.Moderation;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Comments;

/// <summary>Comments as what people report and moderators remove.</summary>
internal sealed class ReportableComments(CommentStore store, LiveComments comments, Blocks blocks) : IReportable
{
    public string Kind => "comment";

    public async Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken) =>
        Ids.IsValid(id)
        && await store.FindAsync(id, cancellationToken) is { Deleted: false } row
        && !(await blocks.ListsOfAsync(row.AuthorId, cancellationToken)).Blocked.Contains(reporterId)
            ? new ReportedThing(row.Id, row.AuthorId, row.Text)
            : null;

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { } row)
            await comments.RemoveAsync(row, cancellationToken);
    }
}
