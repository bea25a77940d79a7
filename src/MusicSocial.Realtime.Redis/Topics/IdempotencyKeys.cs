using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>Gives every event a key, so that none is appended twice when its answer is lost on the way.</summary>
internal static class IdempotencyKeys
{
    /// <summary>The event with a key of its own; given keys cannot collide with made ones.</summary>
    public static NewEvent With(NewEvent newEvent) => newEvent with
    {
        IdempotencyKey = newEvent.IdempotencyKey is { } key ? $"given {key}" : $"made {Guid.CreateVersion7():n}",
    };
}
