using MusicSocial.Client.Connection;
using MusicSocial.Client.Http;

namespace MusicSocial.Client.Playback;

/// <summary>What people play. What one person plays, live, is the topic <c>user:{id}</c>.</summary>
public sealed class PlaybackClient
{
    private readonly ApiClient _http;
    private readonly HubCalls _hub;

    internal PlaybackClient(ApiClient http, HubCalls hub) => (_http, _hub) = (http, hub);

    /// <summary>
    /// Reports what a device of this user does: on every change and at least every 15 s while playing. With
    /// <see cref="PlaybackReport.AtMs"/> a report that arrives late still finds its place.
    /// </summary>
    public Task ReportAsync(PlaybackReport report, CancellationToken cancellationToken = default) =>
        _hub.CallAsync(
            "ReportPlayback", [report], report.AtMs is null ? Repeatability.Once : Repeatability.Repeatable, cancellationToken);

    /// <summary>What a person plays, as far as the caller may see it.</summary>
    public Task<NowPlaying> NowPlayingAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.GetAsync<NowPlaying>($"/api/users/{Query.Segment(handle)}/now-playing", cancellationToken);

    /// <summary>The listens of a person, newest first.</summary>
    public Task<Page<Listen>> ListensAsync(
        string handle, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<Listen>>(
            Query.Of($"/api/users/{Query.Segment(handle)}/listens", ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>Who sees what one plays.</summary>
    public Task<PrivacySettings> PrivacyAsync(CancellationToken cancellationToken = default) =>
        _http.GetAsync<PrivacySettings>("/api/me/privacy", cancellationToken);

    /// <summary>Chooses who sees what; what is left out stays as it is.</summary>
    public Task<PrivacySettings> ChangePrivacyAsync(PrivacyRequest change, CancellationToken cancellationToken = default) =>
        _http.PutAsync<PrivacySettings>("/api/me/privacy", change, cancellationToken);

    /// <summary>Hides what this user plays from every other person.</summary>
    public Task<PrivacySettings> BeginPrivateSessionAsync(CancellationToken cancellationToken = default) =>
        _hub.CallAsync<PrivacySettings>("SetPrivateSession", [true], Repeatability.Repeatable, cancellationToken);

    /// <summary>Stops hiding it.</summary>
    public Task<PrivacySettings> EndPrivateSessionAsync(CancellationToken cancellationToken = default) =>
        _hub.CallAsync<PrivacySettings>("SetPrivateSession", [false], Repeatability.Repeatable, cancellationToken);
}
