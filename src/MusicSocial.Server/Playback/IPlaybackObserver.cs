namespace MusicSocial.Server.Playback;

/// <summary>
/// Gets what people hear. Calls about one person come in order, and again every few seconds while this node has to do with them; an observer must only
/// take note, never wait.
/// </summary>
internal interface IPlaybackObserver
{
    /// <summary>This is what the person hears from now on.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="playback">What they hear; null when it is nothing, and in a private session.</param>
    /// <param name="isShareable">Whether others may know of it at all: what a room plays that is not open stays in the room.</param>
    /// <param name="now">Since when.</param>
    void Observe(string userId, ActivePlayback? playback, bool isShareable, HubTime now);
}
