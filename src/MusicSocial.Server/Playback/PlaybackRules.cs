namespace MusicSocial.Server.Playback;

/// <summary>The times and limits of the tracker.</summary>
internal static class PlaybackRules
{
    /// <summary>Players report every 15 to 30 s; one silent for longer may have lost power: still shown, marked stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(45);

    /// <summary>A player silent for this long is forgotten.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(10);

    /// <summary>How long after the end of its track a player may stay silent before it counts as stopped.</summary>
    public static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(15);

    /// <summary>A position this far from where the timeline says is a seek; less is the noise of networks and players.</summary>
    public static readonly TimeSpan JumpTolerance = TimeSpan.FromSeconds(2);

    /// <summary>A report that only confirms is kept when the one before is as old as this: often enough that the player is stale on no node.</summary>
    public static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(20);

    /// <summary>A timeline whose position moved by no more than this is the same timeline.</summary>
    public static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(100);

    /// <summary>Reports overtaken by others are put in their place if they come within this time.</summary>
    public static readonly TimeSpan ReorderWindow = TimeSpan.FromSeconds(30);

    /// <summary>Reports of one device kept for putting late ones in their place.</summary>
    public const int ReorderDepth = 16;

    /// <summary>Devices remembered per person; the one silent for longest goes first.</summary>
    public const int MaxDevices = 8;

    /// <summary>Positions and durations above this are refused; also the length of a track of unknown length.</summary>
    public static readonly TimeSpan LongestTrack = TimeSpan.FromHours(24);
}
