using System.ComponentModel.DataAnnotations;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Rooms;

/// <summary>Bounds and intervals of rooms, configured under <c>Rooms</c>.</summary>
internal sealed class RoomOptions
{
    /// <summary>Users one room takes.</summary>
    [Range(1, 10_000_000)]
    public int MaxListeners { get; set; } = 200_000;

    /// <summary>How long a member whose connection was lost still counts as present: a page reload must not be seen.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often rooms in which members are missing are reconciled again, and rooms nothing needs any more are unfollowed.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often one of the nodes reconciles every awake room, for what no event told: the hub restarted, the last node of a room died.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the number of listeners of a room is published and kept, at most.</summary>
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a listener is present before their vote to skip, or their complaint that a song cannot be played, counts.</summary>
    public TimeSpan VotesAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Rooms that no one was in and no one changed for this long are closed and removed.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepUnused { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Address under which people reach the hub, for join links; the address of the request when unset.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Rooms one user opens.</summary>
    public RateLimit Openings { get; set; } = new() { PerSecond = 0.5, Burst = 50 };

    /// <summary>Invitations one user sends.</summary>
    public RateLimit Invitations { get; set; } = new() { PerSecond = 0.2, Burst = 20 };

    /// <summary>Room passwords one user sets.</summary>
    public RateLimit PasswordChanges { get; set; } = new() { PerSecond = 0.1, Burst = 10 };

    /// <summary>Knocks of one user, and of one network.</summary>
    public RateLimit Knocks { get; set; } = new() { PerSecond = 0.05, Burst = 10 };

    /// <summary>Passwords tried for one room from one network.</summary>
    public RateLimit Passwords { get; set; } = new() { PerSecond = 0.2, Burst = 10 };

    /// <summary>Codes looked up from one network.</summary>
    public RateLimit Codes { get; set; } = new() { PerSecond = 20, Burst = 1000 };
}
