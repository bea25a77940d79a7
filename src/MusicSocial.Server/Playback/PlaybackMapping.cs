namespace MusicSocial.Server.Playback;

/// <summary>What is played, in the records of the wire.</summary>
internal static class PlaybackMapping
{
    extension(NowPlaying)
    {
        /// <summary>Nothing plays, or nothing may be seen.</summary>
        public static NowPlaying Nothing(User user) =>
            new(user, PlaybackState.Stopped, null, null, null, null, null, Stale: false, null, Joinable: false);
    }

    extension(PlayingTrack track)
    {
        /// <summary>A track of the catalog.</summary>
        public static PlayingTrack Of(Track known) =>
            new(known.Id, known.Title, known.Artist, known.Album, known.DurationMs, known.HasLyrics, known.CoverUrl, known.AudioUrl, known.Loudness, known.Peak);

        /// <summary>A track known by name only.</summary>
        public static PlayingTrack Named(string title, string artist, string? album, TimeSpan? duration) =>
            new(null, title, artist, album, duration?.TotalMilliseconds, HasLyrics: false, CoverUrl: null, AudioUrl: null);

        /// <summary>Two reports with one key are about one track.</summary>
        public string Key => track.Id ?? $"{track.Artist}\n{track.Title}".ToLowerInvariant();

        public TimeSpan? Duration => track.DurationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
    }

    extension(PrivacySettings settings)
    {
        public static PrivacySettings Default => DefaultPrivacy;

        /// <summary>Whether any other person may see what is playing now.</summary>
        public bool ShowsNowPlaying => !settings.PrivateSession && settings.Audience != Audience.Nobody;
    }

    private static readonly PrivacySettings DefaultPrivacy = new(PrivateSession: false, Audience.Everyone);
}
