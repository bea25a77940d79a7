using Microsoft.Extensions.Options;
using MusicSocial.Lyrics;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Hosting;
using MusicSocial.Sync;

namespace MusicSocial.Server.Lyrics;

/// <summary>Event <c>lyrics.changed</c> of <c>track:{id}</c>: read them again.</summary>
public sealed record LyricsChanged(string TrackId);

/// <summary>Takes lyrics from people: read first, kept only when they can be read, then told to everyone who listens.</summary>
internal sealed class LyricUploads(
    LyricRevisionStore revisions, Tracks tracks, ITopics topics, RateGate gate, IOptions<LimitOptions> limits, IHubClock clock)
{
    /// <summary>Refuses <c>track.not_found</c>, <c>rate.limited</c>, <c>lyrics.unknown_format</c> and what the reader refuses.</summary>
    public async Task<TrackLyrics> AddAsync(CurrentUser user, string trackId, LyricRevision upload, CancellationToken cancellationToken)
    {
        var track = await tracks.GetAsync(trackId, cancellationToken);
        if (upload.Format is not null && LyricFormats.FromWireName(upload.Format) is null)
            throw new RefusedException(LyricsRefusals.FormatUnknown);
        gate.Pass("lyrics", user.Id, limits.Value.LyricUploads);

        var sheet = Read(upload);
        var number = await revisions.AddAsync(trackId, upload, user.Id, clock.Now.Ms, cancellationToken);
        await tracks.MarkLyricsUploadedAsync(trackId, cancellationToken);
        await topics.PublishAsync($"track:{trackId}", "lyrics.changed", new LyricsChanged(trackId), idempotencyKey: null, cancellationToken);
        return new TrackLyrics(trackId, CueSheets.VersionOf(number), sheet, TimeSpan.FromMilliseconds(track.DurationMs));
    }

    private static LyricSheet Read(LyricRevision upload)
    {
        try
        {
            return CueSheets.Read(upload);
        }
        catch (LyricRefusedException refused)
        {
            throw new RefusedException(LyricsRefusals.Unreadable(refused));
        }
    }
}
