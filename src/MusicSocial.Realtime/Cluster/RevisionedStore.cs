using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Background;

namespace MusicSocial.Realtime.Cluster;

/// <summary>A live document, unpacked.</summary>
/// <param name="Key">Its name, and that of its topic.</param>
/// <param name="Revision">Grows by one with every accepted change.</param>
/// <param name="Value">What it says.</param>
/// <param name="Position">Head of the topic at that moment: every event up to it is already contained in the value.</param>
public sealed record Revisioned<T>(string Key, long Revision, T Value, TopicPosition? Position)
{
    /// <summary>Whether the value already contains what was announced at a position.</summary>
    public bool Covers(TopicPosition announced) =>
        Position is { } position && position.Epoch == announced.Epoch && position.Offset >= announced.Offset;

    // A new epoch means that the live state was lost, and that its revisions may be given a second time.
    internal bool IsNewerThan(Revisioned<T> other) => Revision > other.Revision || Position?.Epoch != other.Position?.Epoch;
}

/// <summary>What is to be written, and the events that announce it in the same step.</summary>
public sealed record RevisionedChange<T>(T Value, IReadOnlyList<NewEvent> Events);

/// <summary>How one kind of document is kept; the parts of a <see cref="RevisionedStore{T}"/> its owner decides.</summary>
public sealed record RevisionedStoreOptions<T>
{
    /// <summary>Names the store in log lines.</summary>
    public required string Name { get; init; }

    /// <summary>The value as bytes.</summary>
    public required Func<T, byte[]> Serialize { get; init; }

    /// <summary>The value of these bytes; what is read equals what was written.</summary>
    public required Func<ReadOnlyMemory<byte>, T> Deserialize { get; init; }

    /// <summary>What is known at rest about a document that is not live: put in place before it is answered. Null when there is none.</summary>
    public required Func<string, CancellationToken, Task<Revisioned<T>?>> RestoreAsync { get; init; }

    /// <summary>Whether an event of the topic announces a change of the document. True of all events when unset.</summary>
    public Func<TopicEvent, bool> Announces { get; init; } = _ => true;

    /// <summary>Documents of which the last one read is kept unpacked; those unused for longest are evicted.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>How often a change starts again when other nodes are quicker, before it is refused with <c>server.busy</c>.</summary>
    public int MaxAttempts { get; init; } = 50;

    /// <summary>Followed documents that are read at the same time.</summary>
    public int Parallelism { get; init; } = 16;
}

/// <summary>
/// Documents that all nodes share. A change reads the document, applies a function and compares-and-sets; the loser reads again. Documents this
/// node follows are kept current: an event of the topic has the document read once, however many events there were, and not at all when this node
/// wrote it or read it since.
/// </summary>
public sealed partial class RevisionedStore<T> : ITopicListener, IAsyncDisposable
    where T : class
{
    /// <summary>When a followed document is read again that could not be read.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly RevisionedStoreOptions<T> _options;
    private readonly IRevisionedState _state;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BoundedCache<string, Unpacked> _unpacked;
    private readonly ConcurrentDictionary<string, FollowedDocument> _followed = new(StringComparer.Ordinal);
    private readonly TopicSubscriptionSet _subscriptions;
    private readonly KeyedWorkQueue _reads;
    private Action<Revisioned<T>?, Revisioned<T>>[] _observers = [];

    // Changes of one document take turns within a node; only nodes compete by compare-and-set.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>A store over the documents and the bus that all nodes share.</summary>
    public RevisionedStore(RevisionedStoreOptions<T> options, IRevisionedState state, ITopicBus bus, TimeProvider time, ILogger logger)
    {
        (_options, _state, _time, _logger) = (options, state, time, logger);
        _unpacked = new(options.Capacity);
        _subscriptions = new(bus, this);
        _reads = new($"reading {options.Name}", options.Parallelism, logger);
    }

    /// <summary>Keys of the followed documents.</summary>
    public IReadOnlyCollection<string> Followed => _subscriptions.Topics;

    /// <summary>
    /// Calls <paramref name="changed"/> when a followed document became another: what it was, null for the first time, and what it is. In the
    /// order of revisions, one call after the other for each document; it must only enqueue. Observe before the first document is followed.
    /// </summary>
    public void Observe(Action<Revisioned<T>?, Revisioned<T>> changed) => _observers = [.. _observers, changed];

    /// <summary>The live document; restored first when it is not live, null when there is none at rest either.</summary>
    public async ValueTask<Revisioned<T>?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var document = await _state.ReadAsync(key, cancellationToken);
        if (document is null)
        {
            if (await _options.RestoreAsync(key, cancellationToken) is not { } stored)
                return null;
            document = await _state.SeedAsync(key, new(stored.Revision, _options.Serialize(stored.Value)), cancellationToken);
        }

        return Learn(key, document);
    }

    /// <summary>A followed document as this node last knew it, without asking; null when it is not followed or was not read yet.</summary>
    public Revisioned<T>? Latest(string key) => _followed.GetValueOrDefault(key)?.Latest;

    /// <summary>
    /// Changes a document. <paramref name="change"/> gets the live document (null when there is none) and answers what becomes of it, or null
    /// to leave it as it is; it is called again when another node was quicker. Answers the document afterwards. Changes of one document
    /// take turns within a node: <paramref name="change"/> must not change a document of the same store.
    /// </summary>
    public Task<Revisioned<T>?> ChangeAsync(
        string key, Func<Revisioned<T>?, Task<RevisionedChange<T>?>> change, CancellationToken cancellationToken) =>
        ChangeAsync(key, known: null, change, cancellationToken);

    /// <summary>
    /// The same, beginning with a document that was read before: one round trip less when no other node wrote meanwhile. For documents whose newest
    /// state is known, as it is of followed ones.
    /// </summary>
    public async Task<Revisioned<T>?> ChangeAsync(
        string key, Revisioned<T>? known, Func<Revisioned<T>?, Task<RevisionedChange<T>?>> change, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(key, cancellationToken);
        var before = known ?? await ReadAsync(key, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            if (await change(before) is not { } made)
                return before;
            if (await TryWriteAsync(key, before?.Revision ?? 0, made, cancellationToken) is { } written)
                return written;
            if (attempt == _options.MaxAttempts)
                throw new RefusedException(RevisionedStoreRefusals.Contended);
            before = await ReadAsync(key, cancellationToken);
        }
    }

    /// <summary>Writes the next revision; null when the live one is another. The caller decides what to do then.</summary>
    public async Task<Revisioned<T>?> TryWriteAsync(
        string key, long expectedRevision, RevisionedChange<T> change, CancellationToken cancellationToken)
    {
        var bytes = _options.Serialize(change.Value);
        return await _state.TryWriteAsync(key, expectedRevision, bytes, change.Events, cancellationToken) is { } written
            ? Remember(new(key, written.Revision, change.Value, written.Position), StampOf(bytes))
            : null;
    }

    /// <summary>Follows a document: when it returns, <see cref="Observe"/>rs hear of everything that happens to it from now on. Does nothing when it is followed already.</summary>
    public ValueTask FollowAsync(string key, CancellationToken cancellationToken)
    {
        _followed.GetOrAdd(key, static _ => new());
        return _subscriptions.OpenAsync(key, cancellationToken);
    }

    /// <summary>Stops following a document.</summary>
    public async ValueTask UnfollowAsync(string key)
    {
        _followed.TryRemove(key, out _);
        await _subscriptions.CloseAsync(key);
        if (!IsFollowed(key))
            return;
        // It was followed again at this very moment and found the subscription open still.
        await _subscriptions.OpenAsync(key, CancellationToken.None);
        _reads.EnqueueLatest(key, async cancellationToken => await ReadAsync(key, cancellationToken));
    }

    /// <summary>Whether a document is followed, or about to be.</summary>
    public bool IsFollowed(string key) => _followed.ContainsKey(key);

    /// <inheritdoc/>
    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        if (_options.Announces(topicEvent) || Latest(topic)?.Position?.Epoch != epoch)
            Announce(topic, new(epoch, topicEvent.Offset));
    }

    /// <inheritdoc/>
    public void OnReset(string topic, TopicPosition head) => Announce(topic, head);

    /// <inheritdoc/>
    public void OnSignal(string topic, TopicSignal signal)
    {
        // Signals may be lost: no document changes by one.
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        _unpacked.Dispose();
    }

    private static int StampOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private Revisioned<T> Learn(string key, RevisionedDocument document)
    {
        // After a loss of the live state a revision may be given twice: the number alone does not tell what it holds.
        var stamp = StampOf(document.Bytes.Span);
        var value = _unpacked.TryGet(key, out var known) && known.Stamp == stamp && known.Revision == document.Revision
            ? known.Value
            : _options.Deserialize(document.Bytes);
        return Remember(new(key, document.Revision, value, document.Position), stamp);
    }

    private Revisioned<T> Remember(Revisioned<T> current, int stamp)
    {
        _unpacked.Set(current.Key, new Unpacked(current.Revision, stamp, current.Value));
        if (!_followed.TryGetValue(current.Key, out var followed))
            return current;
        lock (followed.Gate)
        {
            var before = followed.Latest;
            if (before is null || current.IsNewerThan(before))
            {
                followed.Latest = current;
                foreach (var observer in _observers)
                    observer(before, current);
            }
            else if (current.Revision == before.Revision && current.Position?.Offset > before.Position?.Offset)
            {
                followed.Latest = before with { Position = current.Position };
            }
        }

        return current;
    }

    private void Announce(string key, TopicPosition position)
    {
        if (!_followed.TryGetValue(key, out var followed))
            return;
        lock (followed.Gate)
            followed.Announced = position;
        _reads.EnqueueLatest(key, cancellationToken => CatchUpAsync(key, followed, cancellationToken));
    }

    private async Task CatchUpAsync(string key, FollowedDocument followed, CancellationToken cancellationToken)
    {
        try
        {
            // What this node is just writing is known when its turn is over.
            using var turn = await TakeTurnAsync(key, cancellationToken);
            if (!followed.IsCurrent)
                await ReadAsync(key, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRead(exception is RefusedException ? null : exception, key);
            await Task.Delay(RetryAfter, _time, cancellationToken);
            _reads.EnqueueLatest(key, again => CatchUpAsync(key, followed, again));
        }
    }

    private async ValueTask<Turn> TakeTurnAsync(string key, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)key.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new(turn);
    }

    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private sealed record Unpacked(long Revision, int Stamp, T Value);

    /// <summary>What this node knows of a document it follows. Changed under its gate.</summary>
    private sealed class FollowedDocument
    {
        public Lock Gate { get; } = new();

        public Revisioned<T>? Latest { get; set; }

        /// <summary>The last announcement that arrived.</summary>
        public TopicPosition? Announced { get; set; }

        public bool IsCurrent
        {
            get
            {
                lock (Gate)
                    return Announced is null || Latest?.Covers(Announced) == true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The document {Key} was changed by another node but could not be read; it is read again in a second.")]
    private partial void LogNotRead(Exception? exception, string key);
}

/// <summary>Refusals of <see cref="RevisionedStore{T}"/>.</summary>
public static class RevisionedStoreRefusals
{
    /// <summary>Other nodes changed the document every time this one tried.</summary>
    public static Refusal Contended { get; } = new("server.busy", RefusalKind.Unavailable, "Too many changes at the same time; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(1) };
}
