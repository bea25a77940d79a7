namespace MusicSocial.Server.Playback;

/// <summary>Takes a person's privacy choices and makes them true at every open door at once.</summary>
internal sealed class PrivacyChoices(Privacy privacy, PlaybackTracker tracker, NowPlayingFeed feed, AudienceGuard guard)
{
    public async Task<PrivacySettings> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        await privacy.LoadAsync(cancellationToken);
        return privacy.Of(userId);
    }

    /// <summary>Changes the settings. When it returns, whoever may not see any more has been told that nothing plays.</summary>
    public async Task<PrivacySettings> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        var (before, after) = await privacy.ChangeAsync(userId, change, cancellationToken);
        tracker.Reconsider(userId);
        if (after.Audience > before.Audience)
            await guard.NarrowAsync(userId, CancellationToken.None);
        await feed.TellAsync(userId, CancellationToken.None);
        return after;
    }
}
