namespace MusicSocial.Sync;

/// <summary>What is true of every room at every moment, whatever commands and time did to it. Tests hold every change against it.</summary>
internal static class RoomInvariants
{
    /// <summary>The broken rules, in words; empty for a valid room.</summary>
    public static IEnumerable<string> Broken(Room room) =>
        ((string[])[.. People(room), .. Music(room), .. Queue(room)]).Where(rule => rule.Length > 0);

    private static IEnumerable<string> People(Room room)
    {
        var roles = room.Members.Where(member => member.Role > RoomRole.Listener).ToArray();
        yield return Unless(roles.Count(member => member.Role == RoomRole.Host) == 1, "there is exactly one host");
        yield return Unless(roles.Length <= RoomLimits.Roles, "roles are bounded");
        yield return Unless(room.Members.Length <= RoomLimits.KnownMembers, "known members are bounded");
        yield return Unless(Distinct(room.Members, member => member.UserId), "a member is known once");
        yield return Unless(room.Members.All(member => member.Present || member.Role > RoomRole.Listener), "absent listeners are forgotten");
        yield return Unless(room.Member(room.HostId)!.Present || room.Members.All(member => !member.Present), "among those present one is host");
        yield return Unless(room.HostId == room.LastingHostId || room.Member(room.LastingHostId) is not { Present: true }, "the lasting host is host when present");
        yield return Unless((room.StandInRole is null) == (room.HostId == room.LastingHostId), "who stands in has a role to go back to");
        yield return Unless(!room.Vacant || room.Members.All(member => !member.Present), "no member is present in a vacant room");
        yield return Unless(room.Bans.Length <= RoomLimits.Bans && Distinct(room.Bans, ban => ban.UserId), "bans are bounded and distinct");
        yield return Unless(room.Cleared.Length <= RoomLimits.Cleared && Distinct(room.Cleared, cleared => cleared.UserId), "clearings are bounded and distinct");
        yield return Unless(room.Settings.VotesNeeded(int.MaxValue) <= RoomLimits.SkipVotes, "needed votes are bounded");
    }

    private static IEnumerable<string> Music(Room room)
    {
        var (timeline, current) = (room.Timeline, room.Queue.Current);
        yield return Unless(timeline.ItemId == current?.ItemId && timeline.TrackId == current?.TrackId, "the timeline runs through the current item");
        yield return Unless(timeline.Duration == (current?.Duration ?? TimeSpan.Zero), "the timeline is as long as its track");
        yield return Unless(timeline.Anchor >= TimeSpan.Zero && timeline.Anchor <= timeline.Duration, "the anchor lies in the track");
        yield return Unless(timeline.Rate is 0 or 1, "music runs as recorded or stands");
        yield return Unless(!timeline.IsPlaying || current is not null, "silence does not run");
        yield return Unless(!timeline.IsPlaying || !room.Vacant, "nothing plays in a vacant room");
        yield return Unless(!timeline.IsPlaying || !room.Interrupted, "interrupted music stands");
        yield return Unless(room.Vacant || !room.Interrupted || room.Queue.IsEmpty, "interrupted music goes on as soon as it can");
        yield return Unless(room.Unable.Length <= RoomLimits.SkipVotes && Distinct(room.Unable, userId => userId), "complaints are bounded and distinct");
        yield return Unless(room.Awaited.IsEmpty || (timeline.IsPlaying && timeline.Anchor == TimeSpan.Zero), "only a start waits");
        yield return Unless(Distinct(room.Awaited, userId => userId) && room.Awaited.All(userId => room.Member(userId) is { Present: true }), "the present are waited for");
        yield return Unless(Distinct(room.Overdue, userId => userId) && room.Overdue.All(userId => room.Member(userId) is not null), "the overdue are known");
        yield return Unless(room.SkipVotes.IsEmpty || current is not null, "votes are about an item");
        yield return Unless(room.SkipVotes.Length < RoomLimits.SkipVotes && Distinct(room.SkipVotes, vote => vote), "votes are bounded and distinct");
    }

    private static IEnumerable<string> Queue(Room room)
    {
        var queue = room.Queue;
        var live = queue.Current is null ? queue.Upcoming : queue.Upcoming.Add(queue.Current);
        yield return Unless(queue.Upcoming.Length <= RoomLimits.Queue + RoomLimits.Played, "the queue is bounded");
        yield return Unless(queue.Played.Length <= RoomLimits.Played, "the past is bounded");
        yield return Unless(Distinct(live, item => item.ItemId), "an item id names one item");
        yield return Unless(live.All(item => item.Duration > TimeSpan.Zero), "every track has a length");
        yield return Unless(room.RecentCommands.Length <= RoomLimits.RecentCommands, "remembered commands are bounded");
        yield return Unless(Distinct(room.RecentCommands, command => command), "a command is remembered once");
    }

    private static string Unless(bool holds, string rule) => holds ? "" : rule;

    private static bool Distinct<T>(IReadOnlyCollection<T> all, Func<T, string> key) => all.DistinctBy(key).Count() == all.Count;
}
