using MusicSocial.Server.Api;

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

        /// <summary>Whether a private session is on: one with an end is over by itself then.</summary>
        public bool IsPrivateAt(HubTime now) => settings.PrivateSession && !(settings.PrivateUntilMs <= now.Ms);

        /// <summary>Whether any other person may see what is playing.</summary>
        public bool ShowsNowPlayingAt(HubTime now) => !settings.IsPrivateAt(now) && settings.Audience != Audience.Nobody;

        /// <summary>The settings as they are in force.</summary>
        public PrivacySettings At(HubTime now) =>
            settings.PrivateSession && !settings.IsPrivateAt(now) ? settings with { PrivateSession = false, PrivateUntilMs = null } : settings;

        /// <summary>Whether someone who saw something may see less of it with these settings.</summary>
        public bool ShowsLessThan(PrivacySettings before) =>
            (settings.Audience != before.Audience && settings.Audience != Audience.Everyone)
            || (before.ShowPosition && !settings.ShowPosition)
            || (before.ShowRoom && !settings.ShowRoom);

        /// <summary>The settings with what was asked. Refuses <c>request.invalid</c> for an end of a private session that is past or none.</summary>
        public PrivacySettings With(PrivacyRequest asked, HubTime now)
        {
            var privately = asked.PrivateSession ?? settings.PrivateSession;
            if (asked.PrivateUntilMs is { } until && !(privately && until > now.Ms))
                throw new RefusedException(Refusals.Invalid("A private session that ends by itself is on, and ends in the future."));
            return new PrivacySettings(privately, asked.Audience ?? settings.Audience)
            {
                History = asked.History ?? settings.History,
                Connections = asked.Connections ?? settings.Connections,
                ShowPosition = asked.ShowPosition ?? settings.ShowPosition,
                ShowRoom = asked.ShowRoom ?? settings.ShowRoom,
                PrivateUntilMs = !privately ? null : asked.PrivateSession is null ? asked.PrivateUntilMs ?? settings.PrivateUntilMs : asked.PrivateUntilMs,
            };
        }
    }

    private static readonly PrivacySettings DefaultPrivacy = new(PrivateSession: false, Audience.Mutual);
}
