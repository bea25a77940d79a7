using System.ComponentModel.DataAnnotations;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Rooms;

/// <summary>Bounds and habits of rooms, configured under <c>Rooms</c>.</summary>
internal sealed class RoomOptions
{
    /// <summary>People one room takes.</summary>
    [Range(1, 10_000_000)]
    public int MaxListeners { get; set; } = 200_000;

    /// <summary>How long somebody whose connection vanished still counts as present: a page reload must not be seen.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the rooms this node hears are checked for people who vanished without anybody noticing, as when their node died.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often all other rooms somebody may be in are checked too (the hub restarted, the last node with their people died).</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the number of listeners of a room is told and kept, at most.</summary>
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Address under which people reach the hub, for join links; the address of the request when unset.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Rooms one person opens.</summary>
    public RateLimit Openings { get; set; } = new() { PerSecond = 0.5, Burst = 50 };

    /// <summary>Invitations one person sends.</summary>
    public RateLimit Invitations { get; set; } = new() { PerSecond = 0.2, Burst = 20 };

    /// <summary>Passwords tried for one room from one address.</summary>
    public RateLimit Passwords { get; set; } = new() { PerSecond = 0.2, Burst = 10 };

    /// <summary>Codes looked up from one address.</summary>
    public RateLimit Codes { get; set; } = new() { PerSecond = 20, Burst = 1000 };
}
