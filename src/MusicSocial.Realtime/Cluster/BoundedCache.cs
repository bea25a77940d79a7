using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace MusicSocial.Realtime.Cluster;

/// <summary>
/// Values by key, at most <paramref name="capacity"/> of them: when it is full the least recently used ones make room in the background, and an addition that
/// comes meanwhile is dropped. For what is read from a store and invalidated by <see cref="CacheInvalidationBus"/>: take <see cref="Version"/> before reading the
/// store, and a value that was invalidated during the read is not kept (<see cref="TrySet"/>). Thread-safe.
/// </summary>
/// <param name="capacity">Most entries kept.</param>
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

    /// <summary>Keeps a value that is known to be the latest.</summary>
    public void Set(TKey key, TValue value) =>
        _entries.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime });

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
