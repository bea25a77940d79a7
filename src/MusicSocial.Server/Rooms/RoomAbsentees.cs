using System.Collections.Concurrent;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Those whose connection vanished and did not come back in time. They never said they were leaving: when their laptop wakes up
/// and follows the room again, they are let in as if they had only been away for a moment.
/// </summary>
internal sealed class RoomAbsentees(TimeProvider time)
{
    /// <summary>How long somebody is still expected back.</summary>
    private static readonly TimeSpan Expected = TimeSpan.FromHours(12);

    /// <summary>Bounds the memory; about 150 bytes each.</summary>
    private const int MaxRemembered = 100_000;

    private readonly ConcurrentDictionary<(string RoomId, string UserId), long> _since = new();

    public void Note(string roomId, string userId)
    {
        if (_since.Count >= MaxRemembered)
            _since.Clear();
        _since[(roomId, userId)] = time.GetTimestamp();
    }

    public void Forget(string roomId, string userId) => _since.TryRemove((roomId, userId), out _);

    public bool Expects(string roomId, string userId) =>
        _since.TryGetValue((roomId, userId), out var since) && time.GetElapsedTime(since) < Expected;
}
