using System.Threading.Channels;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Comments;

/// <summary>
/// Sends notices to the person a comment answers and to those it mentions, in the background: a comment full of mentions does not delay its poster.
/// What is due is stored with the comment (<see cref="CommentStore.NoticesDueAsync"/>), so every notice is sent at least once; inboxes drop repetitions.
/// </summary>
internal sealed partial class CommentNotices(
    CommentStore store, CommentRooms rooms, Users users, Inboxes inboxes, AccountStore accounts, RateLimiter limiter, IHubClock clock, TimeProvider time, ILogger<CommentNotices> logger)
    : SupervisedService(time, logger)
{
    /// <summary>Mentions beyond these send no notice: limits mention spam.</summary>
    private const int MaxMentions = 5;

    /// <summary>Comments that wait in memory; further ones are found in the database by the next sweep.</summary>
    private const int MaxQueued = 1_000;

    private const int SweepLimit = 100;

    /// <summary>Notices due for longer were not sent by the node that took the comment, or failed: any node sends them.</summary>
    private static readonly TimeSpan OverdueAfter = TimeSpan.FromSeconds(20);

    /// <summary>Notices one person sends another; beyond, comments are written and read as ever, but ring no bell.</summary>
    private static readonly RateLimit OfPair = new() { PerSecond = 0.1, Burst = 30 };

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private sealed record Due(Comment Comment, string? ParentAuthorId);

    private readonly Channel<Due> _queue = Channel.CreateBounded<Due>(new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether a comment can have notices.</summary>
    public static bool Has(CommentRow comment) => comment.ParentId is not null || Mentions.In(comment.Text).Any();

    /// <summary>A comment was deleted: its words are in no inbox any more.</summary>
    public Task RetractAsync(string commentId) => inboxes.RetractAsync([KeyOf("reply", commentId), KeyOf("mention", commentId)], CancellationToken.None);

    /// <summary>Has the notices of a stored comment sent.</summary>
    /// <param name="comment">As everyone may see it.</param>
    /// <param name="parentAuthorId">The author of the comment it answers.</param>
    public void Enqueue(Comment comment, string? parentAuthorId) => _queue.Writer.TryWrite(new Due(comment, parentAuthorId));

    protected override async Task RunAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(SendAsync(stoppingToken), SweepAsync(stoppingToken));

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        await foreach (var due in _queue.Reader.ReadAllAsync(stoppingToken))
            await TrySendAsync(due.Comment.Id, () => Task.FromResult<Due?>(due), stoppingToken);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery * (0.75 + (Random.Shared.NextDouble() / 2)), Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var id in await store.NoticesDueAsync((long)(clock.Now.Ms - OverdueAfter.TotalMilliseconds), SweepLimit, stoppingToken))
                    await TrySendAsync(id, () => LoadAsync(id, stoppingToken), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(exception);
            }
        }
    }

    private async Task TrySendAsync(string id, Func<Task<Due?>> loadAsync, CancellationToken stoppingToken)
    {
        try
        {
            if (await loadAsync() is { } due)
                await NotifyAsync(due, stoppingToken);
            await store.NoticesSentAsync(id, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception, id);
        }
    }

    /// <summary>The comment as everyone may see it now; null when it was deleted meanwhile.</summary>
    private async Task<Due?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { Deleted: false } row)
            return null;
        var parent = row.ParentId is null ? null : await store.FindAsync(row.ParentId, cancellationToken);
        var room = await rooms.FindAsync(row, cancellationToken);
        var author = await users.GetAsync(row.AuthorId, cancellationToken);
        return new Due(row.ToComment(author, likedByMe: false) with { RoomId = room.Name }, parent?.AuthorId);
    }

    private async Task NotifyAsync(Due due, CancellationToken cancellationToken)
    {
        var comment = due.Comment;
        var notified = new HashSet<string> { comment.Author.Id };
        if (due.ParentAuthorId is { } parent && notified.Add(parent))
            await NotifyAsync(parent, "reply", comment, cancellationToken);

        foreach (var handle in Mentions.In(comment.Text).Take(MaxMentions))
        {
            if (await accounts.FindByHandleAsync(handle, cancellationToken) is { } account && notified.Add(account.User.Id))
                await NotifyAsync(account.User.Id, "mention", comment, cancellationToken);
        }
    }

    private async Task NotifyAsync(string userId, string type, Comment comment, CancellationToken cancellationToken)
    {
        if (limiter.TryAcquire("notice", $"{comment.Author.Id} {userId}", OfPair, out _))
            await inboxes.NotifyAsync(userId, comment.Author.Id, type, comment, KeyOf(type, comment.Id), cancellationToken);
    }

    private static string KeyOf(string type, string commentId) => $"{type}:{commentId}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notices of comment {CommentId} could not be sent; a sweep sends them within a minute.")]
    private partial void LogFailed(Exception exception, string commentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Overdue notices of comments could not be looked for; the next sweep tries again.")]
    private partial void LogSweepFailed(Exception exception);
}
