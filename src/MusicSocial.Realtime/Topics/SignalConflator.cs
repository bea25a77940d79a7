using System.Text.Json;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// A topic's signals, conflated per tick: posted ones wait until <see cref="Release"/>, which gives each type a new version.
/// A follower that knows the version it saw last needs no queue of its own. Not thread-safe.
/// </summary>
internal sealed class SignalConflator
{
    // Signal types are named by features, never by clients; the bounds only contain a mistake.
    private const int MostTypes = 16;
    private const int MostKeys = 64;

    private readonly Dictionary<string, TopicSignal> _posted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, long>> _tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Version, TopicSignal Signal)> _released = new(StringComparer.Ordinal);

    /// <summary>Grows with every released signal.</summary>
    public long Version { get; private set; }

    public void Post(TopicSignal signal)
    {
        if (signal.Merge == SignalMerge.Sum)
        {
            AddUp(signal);
        }
        else if (_posted.ContainsKey(signal.Type) || _posted.Count < MostTypes)
        {
            _posted[signal.Type] = signal;
        }
    }

    /// <summary>Makes what was posted since the last release visible.</summary>
    public void Release()
    {
        foreach (var (type, sums) in _tallies)
        {
            _posted[type] = new(type, JsonSerializer.SerializeToElement(sums, WireJson.Options));
        }

        foreach (var (type, signal) in _posted)
        {
            _released[type] = (++Version, signal);
        }

        _tallies.Clear();
        _posted.Clear();
    }

    /// <summary>The latest of every type released after <paramref name="version"/>, oldest first.</summary>
    public TopicSignal[] Since(long version) =>
        [.. _released.Values.Where(entry => entry.Version > version).OrderBy(entry => entry.Version).Select(entry => entry.Signal)];

    private void AddUp(TopicSignal signal)
    {
        if (!_tallies.TryGetValue(signal.Type, out var sums))
        {
            if (_tallies.Count >= MostTypes)
            {
                return;
            }

            _tallies.Add(signal.Type, sums = new(StringComparer.Ordinal));
        }

        foreach (var entry in signal.Data.EnumerateObject())
        {
            if (sums.ContainsKey(entry.Name) || sums.Count < MostKeys)
            {
                sums[entry.Name] = sums.GetValueOrDefault(entry.Name) + entry.Value.GetInt64();
            }
        }
    }
}
