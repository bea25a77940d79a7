using System.Collections.Immutable;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Rooms in the records of the wire, and back.</summary>
internal static class RoomMapping
{
    extension(WaitingView)
    {
        /// <summary>The members a room waits for at an instant; null when it does not wait.</summary>
        public static WaitingView? Of(Room room, HubTime now) =>
            room.Awaited.IsEmpty || now >= room.Timeline.AnchoredAt ? null : new([.. room.Awaited]);
    }

    extension(SettingsView)
    {
        /// <summary>The settings of a room, without its secrets.</summary>
        public static SettingsView From(Room room) => new()
        {
            Name = room.Settings.Name,
            Visibility = room.Settings.Visibility,
            AllowListenerQueue = room.Settings.AllowListenerQueue,
            QueueShare = room.Settings.QueueShare,
            FairQueue = room.Settings.FairQueue,
            VoteSkip = room.Settings.VoteSkip,
            VoteSkipShare = room.Settings.VoteSkipShare,
            SlowModeMs = room.Settings.SlowMode.TotalMilliseconds,
            LinksAfterMs = room.Settings.LinksAfter.TotalMilliseconds,
            ChatEnabled = room.Settings.ChatEnabled,
            PasswordProtected = room.PasswordHash is not null,
            WaitForAll = room.Settings.WaitForAll,
            WaitLimitMs = room.Settings.WaitLimit.TotalMilliseconds,
            AccountsOnly = room.Settings.AccountsOnly,
            FollowersOnly = room.Settings.FollowersOnly,
            Knock = room.Settings.Knock,
            ChatPausedUntilMs = room.ChatPausedUntil?.Ms,
        };
    }

    /// <summary>The settings with what was asked; <paramref name="cleanName"/> stands for the name. Refuses <c>room.invalid_settings</c>.</summary>
    public static RoomSettings ApplyTo(this RoomSettingsRequest request, RoomSettings settings, string? cleanName) => settings with
    {
        Name = cleanName ?? settings.Name,
        Visibility = request.Visibility is { } visibility ? Known(visibility) : settings.Visibility,
        AllowListenerQueue = request.AllowListenerQueue ?? settings.AllowListenerQueue,
        QueueShare = request.QueueShare ?? settings.QueueShare,
        FairQueue = request.FairQueue ?? settings.FairQueue,
        VoteSkip = request.VoteSkip ?? settings.VoteSkip,
        VoteSkipShare = request.VoteSkipShare ?? settings.VoteSkipShare,
        SlowMode = request.SlowModeMs is { } slowMode ? Milliseconds(slowMode, RoomLimits.SlowMode) : settings.SlowMode,
        LinksAfter = request.LinksAfterMs is { } linksAfter ? Milliseconds(linksAfter, RoomLimits.LinksAfter) : settings.LinksAfter,
        WordRules = request.WordRules is { } rules ? RulesOf(rules) : settings.WordRules,
        ChatEnabled = request.ChatEnabled ?? settings.ChatEnabled,
        AccountsOnly = request.AccountsOnly ?? settings.AccountsOnly,
        FollowersOnly = request.FollowersOnly ?? settings.FollowersOnly,
        Knock = request.Knock ?? settings.Knock,
        WaitForAll = request.WaitForAll ?? settings.WaitForAll,
        WaitLimit = request.WaitLimitMs is { } waitLimit ? Milliseconds(waitLimit, RoomLimits.LongestWait) : settings.WaitLimit,
    };

    /// <summary>The visibility, unless the client sent a name that is none: refuses <c>room.invalid_settings</c>.</summary>
    public static RoomVisibility Known(RoomVisibility visibility) =>
        Enum.IsDefined(visibility) ? visibility : throw new RefusedException(RoomRefusals.InvalidSettings);

    private static ImmutableArray<WordRule> RulesOf(IReadOnlyList<WordRuleView> rules) => rules.Count <= RoomLimits.WordRules && rules.All(rule => rule is { Word: not null, Action: not null })
        ? [.. rules.Select(rule => new WordRule(rule.Word!.Trim(), rule.Action!.Value)).DistinctBy(rule => rule.Word)]
        : throw new RefusedException(RoomRefusals.InvalidSettings);

    private static TimeSpan Milliseconds(double ms, TimeSpan most) =>
        ms >= 0 && ms <= most.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(ms)
            : throw new RefusedException(RoomRefusals.InvalidSettings);
}
