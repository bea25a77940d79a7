using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Playback;

/// <summary>Who may see what a person plays.</summary>
internal sealed class PersonalPrivacy(PrivacyStore store) : IPersonalData
{
    public IEnumerable<ExportedFile> Export(string userId) =>
        [ExportedFile.Document("privacy.json", async cancellationToken => (await store.ReadAsync([userId], cancellationToken)).GetValueOrDefault(userId, PrivacySettings.Default))];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveAsync(departure.UserId, cancellationToken);
}
