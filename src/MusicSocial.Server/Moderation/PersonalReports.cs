using MusicSocial.Server.Accounts;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Moderation;

/// <summary>What a person reported. It goes with them; cases stay, with what others said.</summary>
internal sealed class PersonalReports(ReportStore store) : IPersonalData
{
    private const int MostExported = 10_000;

    public IEnumerable<ExportedFile> Export(string userId) =>
        [ExportedFile.Document("reports.json", async cancellationToken => await store.OfReporterAsync(userId, Ids.AfterAll, MostExported, cancellationToken))];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveOfReporterAsync(departure.UserId, cancellationToken);
}
