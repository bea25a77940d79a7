namespace MusicSocial.Server.Playback;

/// <summary>Who may know what a person plays and played.</summary>
public enum Audience
{
    /// <summary>Everybody who is signed in.</summary>
    Everyone,

    /// <summary>
    /// Followers whom the person follows back. Anybody may follow anybody; were that enough, this would be no choice at all.
    /// </summary>
    Followers,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>GET and PUT /api/me/privacy.</summary>
/// <param name="PrivateSession">While on, nobody sees anything new and no listens are written.</param>
/// <param name="Audience">Who sees the rest.</param>
public sealed record PrivacySettings(bool PrivateSession, Audience Audience)
{
    internal static PrivacySettings Default { get; } = new(PrivateSession: false, Audience.Everyone);

    /// <summary>Whether anybody at all may see what is playing now.</summary>
    internal bool ShowsNowPlaying => !PrivateSession && Audience != Audience.Nobody;
}
