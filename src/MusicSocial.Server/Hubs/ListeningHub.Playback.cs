using MusicSocial.Server.Playback;
using MusicSocial.Server.Playback.Cues;

namespace MusicSocial.Server.Hubs;

internal sealed partial class ListeningHub
{
    /// <summary>Takes what a player of the caller's does.</summary>
    public Task ReportPlayback(PlaybackReport report, PlaybackReports reports) =>
        reports.TakeAsync(CurrentUser.Id, report, Context.ConnectionAborted);

    /// <summary>Hides what the caller plays from all other users, or stops hiding it.</summary>
    public Task<PrivacySettings> SetPrivateSession(bool enabled, AudienceEnforcer audience) =>
        audience.ChangeSettingsAsync(CurrentUser.Id, settings => settings with { PrivateSession = enabled, PrivateUntilMs = null }, Context.ConnectionAborted);

    /// <summary>Begins or ends to send the lyric cues of a room or a person as signals.</summary>
    public Task FollowCues(string topic, bool enabled, CueFollowService cues) =>
        enabled
            ? cues.FollowAsync(topic, Context.ConnectionId, CurrentUser.Id, Context.ConnectionAborted)
            : cues.UnfollowAsync(topic, Context.ConnectionId);
}
