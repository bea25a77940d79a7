using System.IO.Compression;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Accounts;

/// <summary>Everything the hub keeps about a person as one zip.</summary>
internal sealed class AccountExport(
    IEnumerable<IPersonalData> slices, AccountStore accounts, SessionStore sessions, RateLimiter limiter, IOptions<LimitOptions> limits, IHubClock clock)
{
    private sealed record Account(User User, double ExportedAtMs, long? DeletesAtMs);

    /// <summary>The zip, to be read once; refuses <c>rate.limited</c>.</summary>
    public async Task<Stream> ComposeAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        limiter.Acquire("export", user.Id, limits.Value.Exports);
        var zip = OpenNameless();
        try
        {
            await WriteAsync(user.Id, zip, cancellationToken);
            zip.Position = 0;
            return zip;
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    // A file, so that an export of any size takes little memory, and one that fails is refused and not cut off. It has no name by which another could read it.
    private static FileStream OpenNameless()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"musicsocial-export-{Guid.CreateVersion7():N}"), options);
        if (!OperatingSystem.IsWindows())
            File.Delete(file.Name);
        return file;
    }

    private async Task WriteAsync(string userId, Stream stream, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var file in Own(userId).Concat(slices.SelectMany(slice => slice.Export(userId))))
        {
            var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest);
            entry.LastWriteTime = DateTimeOffset.FromUnixTimeMilliseconds((long)clock.Now.Ms);
            await using var content = await entry.OpenAsync(cancellationToken);
            await file.WriteAsync(content, cancellationToken);
        }
    }

    private IEnumerable<ExportedFile> Own(string userId) =>
    [
        ExportedFile.Document("account.json", async cancellationToken =>
        {
            var account = await accounts.FindByIdAsync(userId, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
            return new Account(account.User, clock.Now.Ms, account.DeletesAtMs);
        }),
        ExportedFile.Document("sessions.json", async cancellationToken =>
            (await sessions.OpenAsync(userId, sinceMs: 0, cancellationToken)).Select(session => new { session.Id, session.Device, session.Network, session.CreatedAtMs, session.UsedAtMs })),
    ];
}
