using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// What followers of one topic missed beyond its ring. When all of them come back at once they stand at about the same place: one read of the log serves those
/// who ask while it runs and shortly after, unless the ring has moved on past its end meanwhile.
/// </summary>
internal sealed class BackfillCache(string topic, ITopicLog log, TimeProvider time, Func<TopicPosition, bool> isOutrun)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private TopicPosition? _from;
    private TopicPosition? _head;
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

    /// <summary>Drops a read that serves no further follower.</summary>
    public void RemoveExpired()
    {
        lock (_lock)
        {
            if (_read is { IsCompleted: true } && time.GetElapsedTime(_readAt) >= Freshness)
                (_read, _from, _head) = (null, null, null);
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
                // Not cancelled with the follower that happened to be first.
                (_from, _head, _read, _readAt) = (since, null, log.ReadAsync(topic, since, CancellationToken.None).AsTask(), time.GetTimestamp());
            }

            (read, from) = (_read, _from);
        }

        var slice = await read.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (_read == read)
                _head = slice.Head;
        }

        return (from, slice);
    }

    private bool Serves(TopicPosition from, Task<TopicSlice> read, TopicPosition since) =>
        !read.IsFaulted && !read.IsCanceled && from.Epoch == since.Epoch && from.Offset <= since.Offset
        && time.GetElapsedTime(_readAt) < Freshness && (_head is null || !isOutrun(_head));
}
