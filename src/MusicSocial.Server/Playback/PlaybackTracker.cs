using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Playback;

/// <summary>What becomes of a person's playback at a moment; the same object when nothing does.</summary>
internal delegate PersonPlayback PlaybackChange(PersonPlayback person, HubTime now);

/// <summary>
/// Knows what every person plays. It is one document per person that all nodes share, and the announcement on the person's topic is part of the
/// write: two nodes with two devices of one person agree. A change passes once: documents of people who are followed here are kept current by the
/// <see cref="RevisionedStore{T}"/>, which reads again only what another node wrote.
/// </summary>
internal sealed partial class PlaybackTracker : IAsyncDisposable
{
    /// <summary>How often a change starts again when other nodes are quicker, before it is kept for later.</summary>
    private const int MaxAttempts = 20;

    /// <summary>People evaluated at the same time.</summary>
    private const int Parallelism = 64;

    /// <summary>Changes of one person kept while the shared documents cannot be written; the oldest are dropped first.</summary>
    private const int MaxPending = 32;

    /// <summary>A person this node has no more to do with is forgotten after this time; their players report more often.</summary>
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often documents of people who are followed here or in a room here are read again: so that they are not dropped for idleness, and are restored
    /// when the data of the backplane were lost.
    /// </summary>
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, TrackedPerson> _people = new();

    // A person's changes and what observers get of them are one step on this node.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 512).Select(_ => new SemaphoreSlim(1))];
    private readonly RevisionedStore<PersonPlayback> _store;
    private readonly KeyedWorkQueue _reevaluations;
    private readonly RoomPlayback _rooms;
    private readonly PlaybackPrivacy _privacy;
    private readonly PlaybackFollowers _followers;
    private readonly NowPlayingViews _views;
    private readonly IPlaybackObserver[] _observers;
    private readonly IHubClock _clock;
    private readonly ILogger _logger;

    public PlaybackTracker(
        IRevisionedState state, ITopicBus bus, RoomPlayback rooms, PlaybackPrivacy privacy, PlaybackFollowers followers, NowPlayingViews views,
        IEnumerable<IPlaybackObserver> observers, IHubClock clock, TimeProvider time, ILogger<PlaybackTracker> logger)
    {
        (_rooms, _privacy, _followers, _views) = (rooms, privacy, followers, views);
        (_observers, _clock, _logger) = ([.. observers], clock, logger);
        _store = new(
            new RevisionedStoreOptions<PersonPlayback>
            {
                Name = "playback",
                Serialize = person => person.ToBytes(),
                Deserialize = PersonPlayback.FromBytes,
                RestoreAsync = (key, _) => Task.FromResult(KnownDocument(key)),
                Announces = topicEvent => topicEvent.Type == PlaybackTopic.NowPlaying,
                MaxAttempts = MaxAttempts,
            },
            state,
            bus,
            time,
            logger);
        _store.Observe((_, current) => OnDocumentChanged(current));
        _reevaluations = new("playback", Parallelism, logger);
    }

    /// <summary>Takes what one of the person's devices does.</summary>
    public Task ReportAsync(string userId, PlaybackObservation observation, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (person, _) => person.With(observation), cancellationToken);

    /// <summary>A device of the person certainly plays no more.</summary>
    public Task RemoveDeviceAsync(string userId, string deviceId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (person, _) => person.Without(deviceId), cancellationToken);

    /// <summary>What these people hear may have changed without a report, as in a room: announces it where it is news.</summary>
    public async Task ReevaluateAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        await _privacy.PrepareAsync(userIds, cancellationToken);
        await ForEachAsync(userIds, (userId, cancellation) => TryAsync(userId, ReevaluateAsync, cancellation), cancellationToken);
    }

    /// <summary>The same for one person.</summary>
    public Task ReevaluateAsync(string userId, CancellationToken cancellationToken) => ChangeAsync(userId, (person, _) => person, cancellationToken);

    /// <summary>
    /// Changes a person's playback. While the shared documents cannot be written the change is kept and made as soon as they can.
    /// </summary>
    public async Task ChangeAsync(string userId, PlaybackChange change, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(userId, cancellationToken);
        await ChangeInTurnAsync(userId, Tracked(userId), change, cancellationToken);
    }

    /// <summary>
    /// Keeps the person's document current on this node and evaluates it now. Call it when a follower was added to
    /// <see cref="PlaybackFollowers"/> or <see cref="Cues.CueSubscriptions"/>.
    /// </summary>
    public async Task FollowAsync(string userId, CancellationToken cancellationToken)
    {
        await _store.FollowAsync(TopicNames.User(userId), cancellationToken);
        using var turn = await TakeTurnAsync(userId, cancellationToken);
        await ApplyAsync(userId, Tracked(userId) with { Document = null }, (person, _) => person, cancellationToken);
    }

    /// <summary>
    /// Lets time pass for every person this node has to do with: devices that fell silent become stale, then gone, changes that were kept are tried again,
    /// and documents without followers here are not followed any more.
    /// </summary>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        await _privacy.PrepareAsync(_people.Keys, cancellationToken);
        await ForEachAsync(_people.Keys, (userId, cancellation) => TryAsync(userId, ExpireAsync, cancellation), cancellationToken);
        foreach (var key in _store.Followed)
            await UnfollowIdleAsync(key, cancellationToken);
    }

    /// <summary>
    /// What people play now, as far as anyone may see it; those who play nothing, or hide it, are left out. Whether the caller belongs to the
    /// audience is the caller's to check.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, ActivePlayback>> VisibleAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var visible = new ConcurrentDictionary<string, ActivePlayback>();
        await _privacy.PrepareAsync(userIds, cancellationToken);
        await ForEachAsync(
            userIds,
            async (userId, cancellation) =>
            {
                if (await VisibleAsync(userId, cancellation) is { } playback)
                    visible[userId] = playback;
            },
            cancellationToken);
        return visible;
    }

    public async ValueTask DisposeAsync()
    {
        await _reevaluations.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task<ActivePlayback?> VisibleAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            if (await _store.ReadAsync(TopicNames.User(userId), cancellationToken) is not { Value: var person }
                || !IsVisible(person, await _privacy.OfAsync(userId, cancellationToken), _clock.Now))
                return null;
            var active = (await _rooms.ProjectAsync(userId, person, cancellationToken)).ActiveAt(_clock.Now);
            return await _rooms.IsShareableAsync(active, cancellationToken) ? active : null;
        }
        catch (RefusedException)
        {
            // The shared documents cannot be read: whether the person hides it by now is not known.
            return null;
        }
    }

    private async Task ChangeInTurnAsync(string userId, TrackedPerson tracked, PlaybackChange change, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(userId, tracked, change, cancellationToken);
        }
        catch (RefusedException refused)
        {
            var now = _clock.Now;
            var person = tracked.At(now);
            if (ReferenceEquals(change(person, now), person))
                return;
            LogPending(userId, refused.Refusal.Code);
            _people[userId] = Tracked(userId).Keep(change, MaxPending);
        }
    }

    private async Task ApplyAsync(string userId, TrackedPerson tracked, PlaybackChange change, CancellationToken cancellationToken)
    {
        var key = TopicNames.User(userId);
        var known = tracked.Document is null ? null : _store.Latest(key) ?? tracked.Document;
        var evaluated = default(Evaluation)!;
        var document = await _store.ChangeAsync(
            key,
            known,
            async live =>
            {
                evaluated = await EvaluateAsync(userId, live?.Value ?? PersonPlayback.Nothing, tracked.Pending.Add(change), cancellationToken);
                return evaluated.Write;
            },
            cancellationToken);
        var now = evaluated.Now;
        _people[userId] = new TrackedPerson(
            document ?? new(key, Revision: 0, PersonPlayback.Nothing, Position: null),
            Pending: [],
            UsedAt: evaluated.IsChanged ? now : tracked.UsedAt,
            ReadAt: known is null || evaluated.Write is not null ? now : tracked.ReadAt);
        await _rooms.FollowRoomsOfAsync(userId, _followers.IsFollowed(userId) ? evaluated.RoomIds : [], cancellationToken);
        foreach (var observer in _observers)
            observer.Observe(userId, evaluated.ForObservers, evaluated.IsShareable, now);
    }

    private async Task<Evaluation> EvaluateAsync(
        string userId, PersonPlayback before, ImmutableArray<PlaybackChange> changes, CancellationToken cancellationToken)
    {
        var now = _clock.Now;
        var person = changes.Aggregate(before, (changed, change) => change(changed, now));
        var active = (await _rooms.ProjectAsync(userId, person, cancellationToken)).ActiveAt(now);
        var settings = await _privacy.OfAsync(userId, cancellationToken);
        var isShareable = await _rooms.IsShareableAsync(active, cancellationToken);
        var visible = isShareable && now >= person.QuietUntil && IsVisible(person, settings, now) ? active : null;
        var isPrivateSession = settings.IsPrivateAt(now) || person.Privacy?.IsPrivateAt(now) == true;

        // What changes without a report need not be announced without followers: the next one to follow gets it with the answer.
        var isChanged = !ReferenceEquals(person, before);
        var isAnnounced = person.IsNews(visible, now) && (isChanged || _followers.IsFollowed(userId));
        RevisionedChange<PersonPlayback>? write = null;
        if (isAnnounced)
            write = new(person with { Announced = visible }, [await AnnouncementAsync(userId, visible, cancellationToken)]);
        else if (!before.IsConfirmedBy(person))
            write = new(person, []);
        // Cues would tell the position.
        return new Evaluation(now, [.. person.RoomIds], isPrivateSession ? null : active, isShareable && settings.ShowPosition, isChanged, write);
    }

    private async Task<NewEvent> AnnouncementAsync(string userId, ActivePlayback? visible, CancellationToken cancellationToken) =>
        new(
            PlaybackTopic.NowPlaying,
            JsonSerializer.SerializeToElement(await _views.ComposeAsync(userId, visible, cancellationToken), WireJson.Options));

    private async Task ExpireAsync(string userId, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(userId, cancellationToken);
        if (!_people.TryGetValue(userId, out var tracked))
            return;
        var isOurs = IsOurs(userId, tracked);
        var mustRead = isOurs && _clock.Now - tracked.ReadAt > ReadAgainAfter;
        await ChangeInTurnAsync(
            userId, mustRead ? tracked with { Document = null } : tracked, (person, now) => person.Expire(now), cancellationToken);

        tracked = Tracked(userId);
        if (!tracked.Pending.IsEmpty || IsOurs(userId, tracked) || _clock.Now - tracked.UsedAt <= IdleLifetime)
            return;
        _people.TryRemove(userId, out _);
        foreach (var observer in _observers)
            observer.Observe(userId, playback: null, isShareable: true, _clock.Now);
    }

    private async Task UnfollowIdleAsync(string key, CancellationToken cancellationToken)
    {
        var userId = TopicName.Parse(key).Key;
        if (_followers.IsFollowed(userId))
            return;
        await _store.UnfollowAsync(key);
        // A follower may have come at this moment and found the document followed still.
        if (_followers.IsFollowed(userId))
            await FollowAsync(userId, cancellationToken);
    }

    private void OnDocumentChanged(Revisioned<PersonPlayback> current) =>
        _reevaluations.EnqueueLatest(
            current.Key,
            async cancellationToken =>
            {
                var userId = TopicName.Parse(current.Key).Key;
                using var turn = await TakeTurnAsync(userId, cancellationToken);
                var tracked = Tracked(userId);
                // What this node wrote or read itself was evaluated in that turn.
                if (!ReferenceEquals(tracked.Document?.Value, _store.Latest(current.Key)?.Value))
                    await ChangeInTurnAsync(userId, tracked, (person, _) => person, cancellationToken);
            });

    private bool IsOurs(string userId, TrackedPerson tracked) =>
        _followers.IsFollowed(userId) || (tracked.Document is { Value: var person } && _rooms.IsInRoomHere(userId, person));

    private TrackedPerson Tracked(string userId) =>
        _people.GetValueOrDefault(userId) ?? new TrackedPerson(Document: null, Pending: [], UsedAt: _clock.Now, ReadAt: _clock.Now);

    private Revisioned<PersonPlayback>? KnownDocument(string key) =>
        _people.GetValueOrDefault(TopicName.Parse(key).Key)?.Document is { Revision: > 0 } document ? document : null;

    // Hidden if either says so: the document is changed a moment after the settings, and settings are cached for a moment.
    private static bool IsVisible(PersonPlayback person, PrivacySettings settings, HubTime now) =>
        settings.ShowsNowPlayingAt(now) && person.Privacy?.ShowsNowPlayingAt(now) != false;

    private static Task ForEachAsync(
        IEnumerable<string> userIds, Func<string, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            userIds,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (userId, cancellation) => await action(userId, cancellation));

    // One person whose playback cannot be evaluated does not hold up the others.
    private async Task TryAsync(string userId, Func<string, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(userId, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotEvaluated(exception, userId);
        }
    }

    private async Task<Turn> TakeTurnAsync(string userId, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)userId.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    /// <summary>What a person's playback amounts to at a moment.</summary>
    /// <param name="Now">The moment.</param>
    /// <param name="RoomIds">The rooms the person is in by their document.</param>
    /// <param name="ForObservers">What observers get; nothing in a private session.</param>
    /// <param name="IsShareable">Whether others may know of it at all.</param>
    /// <param name="IsChanged">Whether the changes changed anything.</param>
    /// <param name="Write">What must be written; null when the document may stay as it is.</param>
    private sealed record Evaluation(
        HubTime Now, IReadOnlyList<string> RoomIds, ActivePlayback? ForObservers, bool IsShareable, bool IsChanged, RevisionedChange<PersonPlayback>? Write);

    /// <summary>A person as this node last knew them.</summary>
    /// <param name="Document">Null when it must be read; revision 0 when there was none.</param>
    /// <param name="Pending">Changes that could not be written because the shared documents were away.</param>
    /// <param name="UsedAt">When this node last changed it.</param>
    /// <param name="ReadAt">When the document was last known to be there.</param>
    private sealed record TrackedPerson(
        Revisioned<PersonPlayback>? Document, ImmutableArray<PlaybackChange> Pending, HubTime UsedAt, HubTime ReadAt)
    {
        /// <summary>The person with everything that happened, as if it had been written.</summary>
        public PersonPlayback At(HubTime now) =>
            Pending.Aggregate(Document?.Value ?? PersonPlayback.Nothing, (person, change) => change(person, now));

        public TrackedPerson Keep(PlaybackChange change, int most) =>
            this with { Pending = (Pending.Length < most ? Pending : Pending.RemoveAt(0)).Add(change) };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A change of what {UserId} plays could not be written ({Code}); it is kept and tried again within seconds.")]
    private partial void LogPending(string userId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "What {UserId} plays could not be evaluated; it is tried again with the next report or sweep.")]
    private partial void LogNotEvaluated(Exception exception, string userId);
}
