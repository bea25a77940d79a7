using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>POST /api/rooms.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Visibility"><c>public</c> or <c>private</c>; public when absent.</param>
/// <param name="Password">1 to 128 characters; absent for none.</param>
public sealed record OpenRoomRequest(string? Name, string? Visibility, string? Password);

/// <summary>Argument of <c>ChangeRoom</c>: what is absent or null stays as it is.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Visibility"><c>public</c> or <c>private</c>.</param>
/// <param name="AllowListenerQueue">Whether listeners may queue.</param>
/// <param name="VoteSkip">Whether tracks can be voted away.</param>
/// <param name="VoteSkipShare">Share of the present it takes, 0.05 to 1.</param>
/// <param name="SlowModeMs">Least time between two messages of a listener, 0 to 600,000.</param>
/// <param name="ChatEnabled">Whether there is a chat.</param>
/// <param name="Password">A new password; empty removes it.</param>
/// <param name="WaitForAll">Whether a track somebody starts waits until all members can play it.</param>
/// <param name="WaitLimitMs">How long at most, 1,000 to 15,000.</param>
public sealed record RoomSettingsRequest(
    string? Name, string? Visibility, bool? AllowListenerQueue, bool? VoteSkip, double? VoteSkipShare, double? SlowModeMs,
    bool? ChatEnabled, string? Password, bool? WaitForAll, double? WaitLimitMs)
{
    /// <summary>The settings with what was asked; <paramref name="cleanName"/> stands for the name.</summary>
    internal RoomSettings ApplyTo(RoomSettings settings, string? cleanName) => settings with
    {
        Name = cleanName ?? settings.Name,
        Visibility = Visibility is null ? settings.Visibility : VisibilityNamed(Visibility),
        AllowListenerQueue = AllowListenerQueue ?? settings.AllowListenerQueue,
        VoteSkip = VoteSkip ?? settings.VoteSkip,
        VoteSkipShare = VoteSkipShare ?? settings.VoteSkipShare,
        SlowMode = SlowModeMs is null ? settings.SlowMode : Milliseconds(SlowModeMs.Value, RoomLimits.SlowMode),
        ChatEnabled = ChatEnabled ?? settings.ChatEnabled,
        WaitForAll = WaitForAll ?? settings.WaitForAll,
        WaitLimit = WaitLimitMs is null ? settings.WaitLimit : Milliseconds(WaitLimitMs.Value, RoomLimits.LongestWait),
    };

    /// <summary>The visibility under its wire name; refuses <c>room.invalid_settings</c>.</summary>
    internal static RoomVisibility VisibilityNamed(string name) => name switch
    {
        "public" => RoomVisibility.Public,
        "private" => RoomVisibility.Private,
        _ => throw new RefusedException(RoomRefusals.InvalidSettings),
    };

    private static TimeSpan Milliseconds(double ms, TimeSpan most) =>
        ms >= 0 && ms <= most.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(ms)
            : throw new RefusedException(RoomRefusals.InvalidSettings);
}
