namespace MusicSocial.Sync;

/// <summary>Who may speak in a room's chat, and how often. What is said is kept beside the room, not in it.</summary>
public static class ChatRules
{
    /// <summary>Refuses (<c>room.chat_off</c>, <c>room.chat_paused</c>, <c>room.slow_mode</c>) what the room does not let <paramref name="by"/> say now.</summary>
    /// <param name="room">The room.</param>
    /// <param name="by">User id of the speaker.</param>
    /// <param name="lastSaidAt">When they last spoke here; null when never.</param>
    /// <param name="now">The present.</param>
    public static void Check(Room room, string by, HubTime? lastSaidAt, HubTime now)
    {
        if (!room.Settings.ChatEnabled)
        {
            throw new RefusedException(RoomRefusals.ChatOff);
        }

        if (room.RoleOf(by) > RoomRole.Listener)
        {
            return;
        }

        if (room.ChatPausedUntil is { } until && until > now)
        {
            throw new RefusedException(RoomRefusals.ChatPaused(until - now));
        }

        if (lastSaidAt is { } last && last + room.Settings.SlowMode is var next && next > now)
        {
            throw new RefusedException(RoomRefusals.SlowMode(next - now));
        }
    }
}
