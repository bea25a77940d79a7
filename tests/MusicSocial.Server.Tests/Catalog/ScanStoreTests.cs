using System.Globalization;
using Dapper;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class ScanStoreTests : IAsyncLifetime
{
    private const int Many = 5_000;

    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public Task InitializeAsync()
    {
        _database = TestStores.Open(_folder.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task Hiding_a_whole_library_lets_other_writes_through_in_between()
    {
        var store = new ScanStore(_database);
        var ids = Enumerable.Range(0, Many).Select(number => number.ToString("x20", CultureInfo.InvariantCulture)).ToList();
        var file = new AudioFile("music/song.wav", 1, 1, "fingerprint", "audio/wav", Sidecars.None);
        await store.SaveAsync([.. ids.Select(id => new ScannedTrack(id, "Title", "Artist", null, 1_000, file))], nowMs: 0, CancellationToken.None);

        var hiding = store.SetPresentAsync(ids, present: false, CancellationToken.None);
        await _database.WriteAsync(connection => connection.ExecuteAsync("UPDATE tracks SET album = 'Other' WHERE id = @id", new { id = ids[0] }), CancellationToken.None);

        Assert.False(hiding.IsCompleted);
        await hiding;
        Assert.DoesNotContain(await store.KnownAsync(CancellationToken.None), track => track.Present);
    }
}
