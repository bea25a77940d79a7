namespace MusicSocial.Server.Playback;

/// <summary>Takes a person's privacy choices and makes them true at every open door of every node.</summary>
internal sealed class PrivacyChoices(Privacy privacy, PlaybackTracker tracker, AudienceGuard guard)
{
    public async Task<PrivacySettings> ReadAsync(string userId, CancellationToken cancellationToken) =>
        await privacy.OfAsync(userId, cancellationToken);

    /// <summary>Changes the settings. When it returns, whoever may not see any more has been told that nothing plays.</summary>
    public async Task<PrivacySettings> ChangeAsync(
        string userId, Func<PrivacySettings, PrivacySettings> change, CancellationToken cancellationToken)
    {
        var (before, after) = await privacy.ChangeAsync(userId, change, cancellationToken);
        if (after.Audience > before.Audience)
            await guard.NarrowAsync(userId);
        await tracker.ChangeAsync(userId, (person, _) => person with { Privacy = after }, CancellationToken.None);
        return after;
    }
}
