namespace MusicSocial.Server.Playback;

/// <summary>
/// Is told what people hear. Calls about one person come in order and again every few seconds while anything is known of
/// them; a watcher must only take note, never wait.
/// </summary>
internal interface IPlaybackWatcher
{
    /// <summary>This is what they hear from now on.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="heard">What they hear as far as others may know: null when it is nothing, and in a private session.</param>
    /// <param name="now">When.</param>
    void Heard(string userId, NowHeard? heard, HubTime now);
}
