namespace MusicSocial.Server.Lyrics;

/// <summary>Where lyrics come from, the first that has any.</summary>
public enum LyricSource
{
    /// <summary>People made or gave them: the newest revision, because it corrects what was there.</summary>
    People,

    /// <summary>A file beside the audio.</summary>
    File,

    /// <summary>Inside the audio.</summary>
    Tags,

    /// <summary>An LRCLIB-compatible server.</summary>
    Server,
}
