using System.Collections.Concurrent;
using MusicSocial.Realtime.Clock;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>The one place that knows what everyone is hearing.</summary>
internal sealed class PlaybackTracker(Privacy privacy, IEnumerable<IPlaybackWatcher> watchers, IHubClock clock)
{
    private readonly IPlaybackWatcher[] _watchers = [.. watchers];
    private readonly ConcurrentDictionary<string, PersonPlayback> _people = new();

    // A person's changes and their announcement are one step; strangers rarely wait for each other.
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>Takes note of what a device of theirs did.</summary>
    public void See(string userId, Sighting sighting) => Change(userId, (person, _) => person.With(sighting));

    /// <summary>A device of theirs certainly plays no more.</summary>
    public void Drop(string userId, string deviceId) => Change(userId, (person, _) => person.Without(deviceId));

    /// <summary>Tells the watchers again, because privacy changed.</summary>
    public void Reconsider(string userId) => Change(userId, (person, _) => person);

    /// <summary>Lets time pass for everybody: what fell silent becomes stale, then gone.</summary>
    public void Settle()
    {
        foreach (var userId in _people.Keys)
            Change(userId, (person, now) => person.Settle(now));
    }

    /// <summary>What somebody hears now, whoever may know; privacy is the caller's.</summary>
    public NowHeard? HeardBy(string userId) => _people.GetValueOrDefault(userId)?.HeardAt(clock.Now);

    private void Change(string userId, Func<PersonPlayback, HubTime, PersonPlayback> change)
    {
        lock (_stripes[(uint)userId.GetHashCode(StringComparison.Ordinal) % _stripes.Length])
        {
            var now = clock.Now;
            var person = change(_people.GetValueOrDefault(userId, PersonPlayback.Nothing), now);
            if (person.IsEmpty)
                _people.TryRemove(userId, out _);
            else
                _people[userId] = person;

            var heard = privacy.Of(userId).PrivateSession ? null : person.HeardAt(now);
            foreach (var watcher in _watchers)
                watcher.Heard(userId, heard, now);
        }
    }
}
