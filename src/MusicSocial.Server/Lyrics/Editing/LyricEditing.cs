using Microsoft.Extensions.Options;
using MusicSocial.Lyrics;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>
/// Adds revisions of lyrics: uploaded files, edited sheets, shifts and reverts. Each is read first, stored only when it can be read, and then
/// announced. All refuse <c>track.not_found</c>, <c>lyrics.forbidden</c>, <c>lyrics.stale</c> and <c>rate.limited</c>.
/// </summary>
internal sealed class LyricEditing(
    CueSheets sheets, LyricRevisionStore revisions, Tracks tracks, Users users, LyricNews news, RateLimiter limiter,
    IOptions<LimitOptions> limits, IHubClock clock)
{
    /// <summary>A file; refuses <c>lyrics.unknown_format</c> and what the reader refuses.</summary>
    public async Task<TrackLyrics> UploadAsync(CurrentUser user, string trackId, LyricRevision upload, CancellationToken cancellationToken)
    {
        var (track, maker) = await AdmitAsync(user, trackId, cancellationToken);
        if (upload.Format is not null && LyricFormats.FromWireName(upload.Format) is null)
            throw new RefusedException(LyricsRefusals.FormatUnknown);
        return await KeepAsync(track, maker, new RevisionDraft(upload, Read(upload), RevisionKind.Upload), cancellationToken);
    }

    /// <summary>A whole sheet from an editor; refuses what <see cref="SheetCheck"/> refuses.</summary>
    public async Task<TrackLyrics> EditAsync(CurrentUser user, string trackId, SheetEdit edit, CancellationToken cancellationToken)
    {
        var (track, maker) = await AdmitAsync(user, trackId, cancellationToken);
        new SheetCheck(TimeSpan.FromMilliseconds(track.Track.DurationMs)).Check(edit);
        var content = new LyricRevision(EditedSheet.Write(edit), EditedSheet.Format);
        var draft = new RevisionDraft(content, EditedSheet.ToSheet(edit), RevisionKind.Sheet, edit.BasedOn, edit.BasedOn);
        return await KeepAsync(track, maker, draft, cancellationToken);
    }

    /// <summary>The lyrics of now, all lines later or earlier; refuses <c>lyrics.none</c> and <c>lyrics.shift_invalid</c>.</summary>
    public async Task<TrackLyrics> ShiftAsync(CurrentUser user, string trackId, ShiftRequest shift, CancellationToken cancellationToken)
    {
        var (track, maker) = await AdmitAsync(user, trackId, cancellationToken);
        var now = await sheets.FindAsync(trackId, cancellationToken) ?? throw new RefusedException(LyricsRefusals.None);
        var (_, content) = await sheets.GetContentAsync(track, now.Origin.Revision, cancellationToken);
        var shifted = content with { OffsetMs = Offset(now, shift.ByMs) };
        var draft = new RevisionDraft(shifted, Read(shifted), RevisionKind.Shift, now.Origin.Revision, shift.BasedOn ?? now.Origin.Revision);
        return await KeepAsync(track, maker, draft, cancellationToken);
    }

    /// <summary>What an earlier revision said, 0 being what the song brings itself; refuses <c>lyrics.revision_not_found</c>.</summary>
    public async Task<TrackLyrics> RevertAsync(CurrentUser user, string trackId, long revision, CancellationToken cancellationToken)
    {
        var (track, maker) = await AdmitAsync(user, trackId, cancellationToken);
        var (_, content) = await sheets.GetContentAsync(track, revision, cancellationToken);
        return await KeepAsync(track, maker, new RevisionDraft(content, Read(content), RevisionKind.Revert, revision), cancellationToken);
    }

    private async Task<(CatalogTrack Track, User Maker)> AdmitAsync(CurrentUser user, string trackId, CancellationToken cancellationToken)
    {
        var track = await tracks.GetWithFileAsync(trackId, cancellationToken);
        var maker = await users.GetAsync(user.Id, cancellationToken);
        if (maker.Guest && await sheets.FindAsync(trackId, cancellationToken) is { } there && there.Origin.UserId != maker.Id)
            throw new RefusedException(LyricsRefusals.Forbidden);
        limiter.Acquire("lyrics", user.Id, limits.Value.LyricUploads);
        return (track, maker);
    }

    private async Task<TrackLyrics> KeepAsync(CatalogTrack track, User maker, RevisionDraft draft, CancellationToken cancellationToken)
    {
        var id = track.Track.Id;
        var number = await revisions.AddAsync(id, draft, maker.Id, clock.Now.Ms, cancellationToken);
        await news.TellAsync(id, number, maker);
        return new TrackLyrics(
            id, LyricOrigin.People(number, maker.Id), draft.Sheet, draft.Content.OffsetMs, TimeSpan.FromMilliseconds(track.Track.DurationMs));
    }

    private static LyricSheet Read(LyricRevision content)
    {
        try
        {
            return CueSheets.Read(content);
        }
        catch (LyricRefusedException refused)
        {
            throw new RefusedException(LyricsRefusals.Unreadable(refused));
        }
    }

    // Checked on the times people see: the source's own may already be shifted far.
    private static int Offset(TrackLyrics now, int byMs)
    {
        var starts = now.Sheet.Lines.Where(line => line.Text.Length > 0).Select(line => line.StartMs).ToList();
        var isShiftable = byMs != 0 && now.Sheet.Synced && Math.Abs((long)byMs) < now.Duration.TotalMilliseconds &&
            starts.Exists(start => start + byMs >= 0 && start + byMs <= now.Duration.TotalMilliseconds);
        return isShiftable ? now.OffsetMs + byMs : throw new RefusedException(LyricsRefusals.ShiftInvalid);
    }
}
