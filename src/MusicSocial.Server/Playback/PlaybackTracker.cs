using System.Collections.Concurrent;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Playback;

/// <summary>
/// Knows what everyone is hearing. A person's playback is one document that all nodes share: whoever hears of something changes it by
/// compare-and-set, and what the person's topic is told is part of the same step. So two nodes with two devices of one person agree.
/// </summary>
internal sealed partial class PlaybackTracker(
    PersonDocuments documents, RoomLines lines, Privacy privacy, LocalAudience audience, IEnumerable<IPlaybackWatcher> watchers,
    IHubClock clock, ILogger<PlaybackTracker> logger)
{
    /// <summary>How often a change starts again when other nodes are quicker, before it is postponed.</summary>
    private const int MaxAttempts = 20;

    /// <summary>People looked after at the same time.</summary>
    private const int AtOnce = 64;

    /// <summary>A person this node has nothing more to do with is forgotten after this time; their players report more often.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the documents of people who are followed or sit here are read again: so they are not dropped for idleness, and are put back
    /// when the data of the backplane were lost.
    /// </summary>
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(1);

    private readonly IPlaybackWatcher[] _watchers = [.. watchers];
    private readonly ConcurrentDictionary<string, LivePerson> _people = new();

    // A person's changes and their announcement are one step on this node; strangers rarely wait for each other.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 512).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Takes note of what a device of theirs did.</summary>
    public Task SeeAsync(string userId, Sighting sighting, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (person, _) => person.With(sighting), cancellationToken);

    /// <summary>A device of theirs certainly plays no more.</summary>
    public Task DropAsync(string userId, string deviceId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (person, _) => person.Without(deviceId), cancellationToken);

    /// <summary>Something they hear may have changed by itself, as in a room: tells whoever needs to know.</summary>
    public Task ReconsiderAsync(string userId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (person, _) => person, cancellationToken);

    /// <summary>The same for many.</summary>
    public async Task ReconsiderAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        await privacy.PrepareAsync(userIds, cancellationToken);
        await ForEachAsync(userIds, ReconsiderAsync, cancellationToken);
    }

    /// <summary>Another node changed something about them: reads it, and tells whoever needs to know here.</summary>
    public async Task RefreshAsync(string userId, CancellationToken cancellationToken)
    {
        using (await TurnAsync(userId, cancellationToken))
        {
            var known = Known(userId);
            _people[userId] = await documents.ReadAsync(userId, known, cancellationToken);
        }

        await ReconsiderAsync(userId, cancellationToken);
    }

    /// <summary>Lets time pass for everybody this node has to do with: what fell silent becomes stale, then gone, and what was postponed is tried again.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await privacy.PrepareAsync(_people.Keys, cancellationToken);
        await ForEachAsync(_people.Keys, SettleAsync, cancellationToken);
    }

    /// <summary>What people hear now, as far as anybody may know; those who hear nothing, or hide it, are left out. Who asks is the caller's to check.</summary>
    public async Task<IReadOnlyDictionary<string, NowHeard>> HeardByAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var heard = new ConcurrentDictionary<string, NowHeard>();
        await privacy.PrepareAsync(userIds, cancellationToken);
        await ForEachAsync(
            userIds,
            async (userId, cancellation) =>
            {
                if (await HeardByAsync(userId, cancellation) is { } now)
                    heard[userId] = now;
            },
            cancellationToken);
        return heard;
    }

    private async Task<NowHeard?> HeardByAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.FindAsync(userId, cancellationToken) is { } person
                && IsOpen(person, await privacy.OfAsync(userId, cancellationToken))
                ? (await lines.BringUpAsync(userId, person, cancellationToken)).HeardAt(clock.Now)
                : null;
        }
        catch (RefusedException)
        {
            // What the nodes share is away: nobody knows whether it may still be seen.
            return null;
        }
    }

    /// <summary>
    /// Changes a person's playback. What the nodes share may be away: then the change is kept here and made as soon as it is back.
    /// </summary>
    public async Task ChangeAsync(string userId, PersonChange change, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(userId, cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                if (await TryChangeAsync(userId, change, cancellationToken))
                    return;
            }

            throw new RefusedException(Refusals.ServerBusy);
        }
        catch (RefusedException refused)
        {
            var known = Known(userId);
            var person = known.At(clock.Now);
            if (ReferenceEquals(change(person, clock.Now), person))
                return;
            LogPostponed(userId, refused.Refusal.Code);
            _people[userId] = known.Postpone(change);
        }
    }

    private async Task<bool> TryChangeAsync(string userId, PersonChange change, CancellationToken cancellationToken)
    {
        if (!_people.TryGetValue(userId, out var known))
            known = await documents.ReadAsync(userId, LivePerson.Unknown(clock.Now), cancellationToken);
        var now = clock.Now;
        var person = change(known.At(now), now);
        var current = await lines.BringUpAsync(userId, person, cancellationToken);
        var settings = await privacy.OfAsync(userId, cancellationToken);
        var shown = now >= person.SilentUntil && IsOpen(person, settings) ? current.HeardAt(now) : null;

        // What changes by itself need not be told where nobody listens: whoever begins to is told then.
        var isChanged = !ReferenceEquals(person, known.Person);
        var isTold = person.IsNews(shown, now) && (isChanged || audience.IsAnybodyFollowing(userId));
        if (isTold || !known.Person.IsConfirmedBy(person))
        {
            var after = isTold ? person with { Told = shown } : person;
            var isWritten = isTold
                ? await documents.TryTellAsync(userId, known.Revision, after, cancellationToken)
                : await documents.TryWriteAsync(userId, known.Revision, after, cancellationToken);
            if (!isWritten)
            {
                _people[userId] = await documents.ReadAsync(userId, known, cancellationToken);
                return false;
            }

            known = known with { Revision = known.Revision + 1, Person = after };
        }

        _people[userId] = known with { Postponed = [], UsedAt = isChanged ? now : known.UsedAt };
        await audience.NoteAsync(userId, RoomLines.RoomsOf(person), cancellationToken);
        Announce(userId, settings.PrivateSession || person.Privacy is { PrivateSession: true } ? null : current.HeardAt(now), now);
        return true;
    }

    private async Task SettleAsync(string userId, CancellationToken cancellationToken)
    {
        if (_people.TryGetValue(userId, out var live) && clock.Now - live.ReadAt > ReadAgain && audience.IsOurs(userId, live.Person))
            await TryRefreshAsync(userId, cancellationToken);
        await ChangeAsync(userId, (person, now) => person.Settle(now), cancellationToken);
        using var turn = await TurnAsync(userId, cancellationToken);
        if (!_people.TryGetValue(userId, out var known) || !known.Postponed.IsEmpty || audience.IsOurs(userId, known.Person))
            return;
        if (clock.Now - known.UsedAt > Kept)
        {
            _people.TryRemove(userId, out _);
            Announce(userId, heard: null, clock.Now);
        }
    }

    private async Task TryRefreshAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(userId, cancellationToken);
        }
        catch (RefusedException)
        {
            // What the nodes share is away; the next round tries again.
        }
    }

    private LivePerson Known(string userId) => _people.GetValueOrDefault(userId) ?? LivePerson.Unknown(clock.Now);

    // Hidden if either says so: the document is changed a moment after the settings, and settings are remembered for a moment.
    private static bool IsOpen(PersonPlayback person, PrivacySettings settings) =>
        settings.ShowsNowPlaying && person.Privacy is not { ShowsNowPlaying: false };

    private void Announce(string userId, NowHeard? heard, HubTime now)
    {
        foreach (var watcher in _watchers)
            watcher.Heard(userId, heard, now);
    }

    private static Task ForEachAsync(
        IEnumerable<string> userIds, Func<string, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            userIds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (userId, cancellation) => await action(userId, cancellation));

    private async Task<Turn> TurnAsync(string userId, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)userId.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "What {UserId} does could not be shared ({Code}); it is as soon as can be.")]
    private partial void LogPostponed(string userId, string code);
}
