using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>Lyrics a person gave, which stay for all who read them, and the person's reports about lyrics of others.</summary>
internal sealed class PersonalLyrics(PersonalLyricStore store) : IPersonalData
{
    public IEnumerable<ExportedFile> Export(string userId) =>
    [
        ExportedFile.Document("lyrics.json", cancellationToken => store.RevisionsAsync(userId, cancellationToken)),
        ExportedFile.Document("lyric-reports.json", cancellationToken => store.ReportsAsync(userId, cancellationToken)),
    ];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveReportsAsync(departure.UserId, cancellationToken);
}
