namespace MusicSocial.Server.Playback;

/// <summary>What a player does with its track.</summary>
public enum PlaybackState
{
    /// <summary>Nothing is loaded, or nothing may be seen: the two look the same.</summary>
    Stopped,

    /// <summary>The position stands still.</summary>
    Paused,

    /// <summary>The position moves.</summary>
    Playing,
}

/// <summary>How the tracker knows.</summary>
public enum PlaybackSource
{
    /// <summary>A player said so (<c>ReportPlayback</c>).</summary>
    Web,

    /// <summary>The person is in a room, which plays for everybody in it.</summary>
    Room,
}
