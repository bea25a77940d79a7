using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Values by key, of no more than <paramref name="capacity"/> in all: when it is full the least recently used ones make room in the background, and an addition that
/// comes meanwhile is dropped. For what is read from a store and invalidated by <see cref="CacheInvalidationBus"/>: take <see cref="Version"/> before reading the
/// store, and a value that was invalidated during the read is not kept (<see cref="TrySet"/>). Thread-safe.
/// </summary>
/// <param name="capacity">The most that is kept, in the unit of the entries' sizes: entries, where each counts as one.</param>
/// <param name="lifetime">An entry is dropped this long after it was set; never when null.</param>
/// <param name="time">Measures the lifetime; the system's when null.</param>
public sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan? lifetime = null, TimeProvider? time = null) : IDisposable
    where TKey : notnull
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions
    {
        SizeLimit = capacity,
        Clock = new Clock(time ?? TimeProvider.System),
    });

    private long _version;

    /// <summary>Grows with every <see cref="Remove"/> and <see cref="Clear"/>.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>How many entries are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>The value under <paramref name="key"/>, if it is kept.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    /// <summary>Keeps a value that is known to be the latest, unless it is larger than the whole cache.</summary>
    public void Set(TKey key, TValue value, int size = 1) =>
        _entries.Set(key, value, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = lifetime });

    /// <summary>Keeps a value read from the store, unless anything was removed since <paramref name="version"/> was taken; false then.</summary>
    public bool TrySet(TKey key, TValue value, long version)
    {
        if (Version != version)
            return false;
        Set(key, value);
        if (Version == version)
            return true;
        // Removed between the check and the set: whichever of the two came first, the value may be stale.
        _entries.Remove(key);
        return false;
    }

    /// <summary>The values under these keys, those that exist: what is kept and, by one <paramref name="read"/> for all others, what the store has.</summary>
    /// <param name="keys">May name a key twice.</param>
    /// <param name="read">Reads those of the given keys that exist from the store.</param>
    /// <param name="keyOf">The key of a value that was read.</param>
    public async ValueTask<IReadOnlyDictionary<TKey, TValue>> GetOrReadAsync(
        IReadOnlyCollection<TKey> keys, Func<IReadOnlyCollection<TKey>, Task<IReadOnlyList<TValue>>> read, Func<TValue, TKey> keyOf)
    {
        var found = new Dictionary<TKey, TValue>(keys.Count);
        HashSet<TKey>? missing = null;
        foreach (var key in keys)
        {
            if (TryGet(key, out var value))
                found[key] = value;
            else
                (missing ??= []).Add(key);
        }

        if (missing is null)
            return found;
        var version = Version;
        foreach (var value in await read(missing))
        {
            found[keyOf(value)] = value;
            TrySet(keyOf(value), value, version);
        }

        return found;
    }

    /// <summary>Drops the value under <paramref name="key"/>; every value when it is null, as <see cref="CacheInvalidationBus"/> says that anything may have changed.</summary>
    public void Invalidate(TKey? key)
    {
        if (key is null)
            Clear();
        else
            Remove(key);
    }

    /// <summary>Drops the value under <paramref name="key"/>.</summary>
    public void Remove(TKey key)
    {
        Interlocked.Increment(ref _version);
        _entries.Remove(key);
    }

    /// <summary>Drops every value.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _version);
        _entries.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
