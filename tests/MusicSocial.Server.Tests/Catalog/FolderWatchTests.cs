using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Scanning;

namespace MusicSocial.Server.Tests.Catalog;

public sealed class FolderWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderWatch _watch;

    public FolderWatchTests()
    {
        Music = Directory.CreateDirectory(Path.Combine(_folder.Path, "music")).FullName;
        _watch = new FolderWatch(new MusicFolders(Options.Create(new CatalogOptions { Music = Music })), NullLogger<FolderWatch>.Instance);
        _watch.WatchAll();
    }

    private string Music { get; }

    public void Dispose()
    {
        _watch.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_that_was_deleted_and_made_again_is_watched_again()
    {
        Directory.Delete(Music);
        Directory.CreateDirectory(Music);
        _watch.WatchAll();

        await File.WriteAllTextAsync(Path.Combine(Music, "song.flac"), "");

        await AssertChangedAsync();
    }

    [Fact]
    public async Task Lost_events_are_a_change()
    {
        Assert.False(_watch.IsFailure(new InternalBufferOverflowException(), Music));

        await AssertChangedAsync();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_leaves_the_rest_watched_and_causes_no_scan()
    {
        Assert.False(_watch.IsFailure(new UnauthorizedAccessException("lost+found"), Music));
        Assert.True(_watch.IsFailure(new IOException("not enough watches"), Music));

        using var end = new CancellationTokenSource();
        var next = _watch.NextChangeAsync(end.Token);
        Assert.False(next.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private async Task AssertChangedAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _watch.NextChangeAsync(timeout.Token);
    }
}
