using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// What followers of one topic missed beyond its ring. When everybody comes back at once they stand at about the same place: one read of the log serves all who
/// ask while it runs and shortly after.
/// </summary>
internal sealed class BackfillCache(string topic, ITopicLog log, TimeProvider time)
{
    // The ring holds what happened since; when it does not, a follower is told of a gap and asks again.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private TopicPosition? _from;
    private Task<TopicSlice>? _read;
    private long _readAt;

    /// <summary>As <see cref="ITopicLog.ReadAsync"/>, but the head may be a moment old.</summary>
    public async Task<TopicSlice> SinceAsync(TopicPosition since, CancellationToken cancellationToken)
    {
        var (from, slice) = await ShareAsync(since, cancellationToken);
        if (from == since)
            return slice;
        return slice.Recovered && slice.Head.Offset >= since.Offset
            ? slice with { Events = [.. slice.Events.Where(missed => missed.Offset > since.Offset)] }
            : await log.ReadAsync(topic, since, cancellationToken);
    }

    /// <summary>Forgets a read that nobody needs any more.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            if (_read is { IsCompleted: true } && time.GetElapsedTime(_readAt) >= Freshness)
                (_read, _from) = (null, null);
        }
    }

    private async Task<(TopicPosition From, TopicSlice Slice)> ShareAsync(TopicPosition since, CancellationToken cancellationToken)
    {
        Task<TopicSlice> read;
        TopicPosition from;
        lock (_lock)
        {
            if (_read is null || _from is null || !Serves(_from, _read, since))
            {
                // Not cancelled with the one who happened to be first.
                (_from, _read, _readAt) = (since, log.ReadAsync(topic, since, CancellationToken.None).AsTask(), time.GetTimestamp());
            }

            (read, from) = (_read, _from);
        }

        return (from, await read.WaitAsync(cancellationToken));
    }

    private bool Serves(TopicPosition from, Task<TopicSlice> read, TopicPosition since) =>
        !read.IsFaulted && from.Epoch == since.Epoch && from.Offset <= since.Offset && time.GetElapsedTime(_readAt) < Freshness;
}
