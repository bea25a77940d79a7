using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Limits;
using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

/// <summary>Takes what players report: checks it, finds the track and hands it to the tracker.</summary>
internal sealed class PlaybackReports(
    Tracks tracks, TrackNames names, PlaybackTracker tracker, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private const int NameLimit = 200;

    /// <summary>Refuses <c>playback.invalid</c>, <c>track.not_found</c>, <c>rate.limited</c> and names that are not text.</summary>
    public async Task TakeAsync(string userId, PlaybackReport? report, CancellationToken cancellationToken)
    {
        limiter.Acquire("playback", userId, limits.Value.PlaybackReports);
        if (report is null)
            throw Invalid("Say what plays.");
        var now = clock.Now;
        var at = MeasuredAt(report, now);
        var state = StateOf(report);
        var device = DeviceOf(report);
        var track = state == PlaybackState.Stopped ? null : await TrackOfAsync(report, cancellationToken);
        var timeline = track is null ? Timeline.Empty : TimelineOf(report, track, state, at);

        if (now - at > PlaybackRules.GoneAfter)
            return;
        var observation = new PlaybackObservation(device, PlaybackSource.Web, track, state, timeline, at, report.AtMs is not null, RoomId: null);
        await tracker.ReportAsync(userId, observation, cancellationToken);
    }

    // A client's estimate of hub time may run ahead a little; nothing is measured in the future.
    private static HubTime MeasuredAt(PlaybackReport report, HubTime now) => report.AtMs switch
    {
        null => now,
        >= 0 and <= 1e15 => HubTime.Min(HubTime.FromMs(report.AtMs.Value), now),
        _ => throw Invalid("atMs is not a hub time."),
    };

    private static PlaybackState StateOf(PlaybackReport report) => report.State is { } state && Enum.IsDefined(state)
        ? state
        : throw Invalid("state is playing, paused or stopped.");

    // Prefixed, so that no player can speak for a room.
    private static string DeviceOf(PlaybackReport report) =>
        report.DeviceId is { Length: >= 1 and <= 64 } id ? $"web:{id}" : throw Invalid("deviceId has 1 to 64 characters.");

    private async Task<PlayingTrack> TrackOfAsync(PlaybackReport report, CancellationToken cancellationToken)
    {
        if (report.TrackId is not null)
            return PlayingTrack.Of(await tracks.GetAsync(report.TrackId, cancellationToken));
        if (string.IsNullOrWhiteSpace(report.Title) || string.IsNullOrWhiteSpace(report.Artist))
            throw Invalid("Name the track by trackId, or by artist and title.");

        var title = CleanText.Line(report.Title, NameLimit);
        var artist = CleanText.Line(report.Artist, NameLimit);
        var album = string.IsNullOrWhiteSpace(report.Album) ? null : CleanText.Line(report.Album, NameLimit);
        var duration = report.DurationMs is { } ms ? Span(ms, "durationMs") : (TimeSpan?)null;
        return await names.MatchAsync(title, artist, duration, cancellationToken) is { } known
            ? PlayingTrack.Of(known)
            : PlayingTrack.Named(title, artist, album, duration);
    }

    private static Timeline TimelineOf(PlaybackReport report, PlayingTrack track, PlaybackState state, HubTime at)
    {
        var rate = state == PlaybackState.Playing ? report.Rate ?? 1 : 0;
        if (state == PlaybackState.Playing && rate is not (>= 0.25 and <= 4))
            throw Invalid("rate is 0.25 to 4 while playing.");
        var duration = track.Duration ?? PlaybackRules.LongestTrack;
        var position = Span(report.PositionMs, "positionMs");
        return new Timeline(
            track.Id, ItemId: null, position < duration ? position : duration, at, rate, duration);
    }

    private static TimeSpan Span(double ms, string name) =>
        ms >= 0 && ms <= PlaybackRules.LongestTrack.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(ms)
            : throw Invalid($"{name} is 0 to 24 hours.");

    private static RefusedException Invalid(string what) => new(PlaybackRefusals.Invalid(what));
}
