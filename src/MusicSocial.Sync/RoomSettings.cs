using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>How a room is run; the host's to change.</summary>
public sealed record RoomSettings
{
    /// <summary>What the room is called: 1 to 80 code points.</summary>
    public required string Name { get; init; }

    /// <summary>Who finds it.</summary>
    public RoomVisibility Visibility { get; init; }

    /// <summary>Whether listeners may add to the queue; host and DJs always may.</summary>
    public bool AllowListenerQueue { get; init; } = true;

    /// <summary>How many of its upcoming items one listener may have added, 1 to <see cref="RoomLimits.Queue"/>; the host and DJs fill as much as there is.</summary>
    public int QueueShare { get; init; } = RoomLimits.QueuedByListener;

    /// <summary>Whether songs come in turn, one of each person.</summary>
    public bool FairQueue { get; init; }

    /// <summary>Whether the present may vote a track away.</summary>
    public bool VoteSkip { get; init; } = true;

    /// <summary>Share of the present that must vote for it: 0.05 to 1.</summary>
    public double VoteSkipShare { get; init; } = 0.5;

    /// <summary>Least time between two chat messages of one listener; zero is no slow mode. Host and DJs are exempt.</summary>
    public TimeSpan SlowMode { get; init; }

    /// <summary>How long a listener is present before they may post links; zero is at once. Host and DJs are exempt.</summary>
    public TimeSpan LinksAfter { get; init; }

    /// <summary>Words the room does not want to read; at most <see cref="RoomLimits.WordRules"/>. Host and DJs are exempt.</summary>
    public ImmutableArray<WordRule> WordRules { get; init; } = [];

    /// <summary>Whether there is a room chat.</summary>
    public bool ChatEnabled { get; init; } = true;

    /// <summary>Whether a track that a member starts waits until every known member can play it.</summary>
    public bool WaitForAll { get; init; }

    /// <summary>How long it waits at most: <see cref="RoomLimits.ShortestWait"/> to <see cref="RoomLimits.LongestWait"/>.</summary>
    public TimeSpan WaitLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether only accounts enter; guests who are inside stay.</summary>
    public bool AccountsOnly { get; init; }

    /// <summary>Whether only followers of the host enter; those inside stay.</summary>
    public bool FollowersOnly { get; init; }

    /// <summary>Whether those without a role are let in one by one: they knock, and the host or a DJ admits them. A room with a password takes that too.</summary>
    public bool Knock { get; init; }

    /// <summary>How many of <paramref name="present"/> people must vote before a track is skipped: at least one, at most <see cref="RoomLimits.SkipVotes"/>.</summary>
    public int VotesNeeded(int present) => (int)Math.Clamp(Math.Ceiling(present * VoteSkipShare), 1, RoomLimits.SkipVotes);

    /// <summary>Refuses (<c>room.invalid_settings</c>, <c>room.invalid_name</c>) what is out of bounds.</summary>
    public RoomSettings Checked()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.EnumerateRunes().Count() > RoomLimits.NameLength)
        {
            throw new RefusedException(RoomRefusals.InvalidName);
        }

        var inBounds = Enum.IsDefined(Visibility)
            && QueueShare is >= 1 and <= RoomLimits.Queue
            && VoteSkipShare is >= 0.05 and <= 1
            && WaitLimit >= RoomLimits.ShortestWait && WaitLimit <= RoomLimits.LongestWait
            && LinksAfter >= TimeSpan.Zero && LinksAfter <= RoomLimits.LinksAfter
            && WordRules.Length <= RoomLimits.WordRules
            && WordRules.All(rule => Enum.IsDefined(rule.Action) && Sync.WordRules.IsFindable(rule.Word))
            && SlowMode >= TimeSpan.Zero && SlowMode <= RoomLimits.SlowMode;
        return inBounds ? this : throw new RefusedException(RoomRefusals.InvalidSettings);
    }
}
