using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Chunks;

/// <summary>The chunks of tracks somebody wants to hear, and the whole of them as one file: cut once, one track after the other, and kept in the data folder.</summary>
internal sealed class TrackChunks(
    MusicFolders folders, ChunkCutter cutter, IOptions<StorageOptions> storage, IOptions<CatalogOptions> options) : BackgroundService
{
    private const string LengthFile = "length";
    private const int MaxWaiting = 200;

    private readonly Channel<CatalogTrack> _wanted = Channel.CreateBounded<CatalogTrack>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, ChunkList> _known = new();

    /// <summary>What is there of a track's chunks; asking for them is what has them cut.</summary>
    public ChunkList Find(CatalogTrack track) => _known.AddOrUpdate(
        KeyOf(track),
        _ => Look(track),
        (_, known) => known.State == ChunksState.Ready && !Directory.Exists(FolderOf(track)) ? Look(track) : known);

    /// <summary>The file of one chunk, which may not be there.</summary>
    public string FileOf(CatalogTrack track, int index) =>
        Path.Combine(FolderOf(track), string.Create(CultureInfo.InvariantCulture, $"{index}.ogg"));

    /// <summary>The file of the whole track as Opus, which may not be there.</summary>
    public string WholeOf(CatalogTrack track) => Path.Combine(FolderOf(track), ChunkCutter.WholeFile);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var track in _wanted.Reader.ReadAllAsync(stoppingToken))
            _known[KeyOf(track)] = await CutAsync(track, stoppingToken);
    }

    private ChunkList Look(CatalogTrack track)
    {
        if (ReadLength(track) is { } duration)
            return Ready(track, duration);
        if (track.Track.DurationMs > options.Value.ChunkedUpTo.TotalMilliseconds || !_wanted.Writer.TryWrite(track))
            return Without(ChunksState.Never);
        return Without(ChunksState.Coming);
    }

    private async Task<ChunkList> CutAsync(CatalogTrack track, CancellationToken cancellationToken)
    {
        if (folders.FullPathOf(track.File.Path) is not { } audio)
            return Without(ChunksState.Never);
        var unfinished = $"{FolderOf(track)}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(unfinished);
        try
        {
            if (await cutter.CutAsync(audio, unfinished, cancellationToken) is not { } duration)
                return Without(ChunksState.Never);
            await File.WriteAllTextAsync(Path.Combine(unfinished, LengthFile), duration.Ticks.ToString(CultureInfo.InvariantCulture), cancellationToken);
            // Cut before there were whole files in it.
            if (Directory.Exists(FolderOf(track)) && !File.Exists(WholeOf(track)))
                Directory.Delete(FolderOf(track), recursive: true);
            if (!Directory.Exists(FolderOf(track)))
                Directory.Move(unfinished, FolderOf(track));
            Tidy(FolderOf(track));
            return Ready(track, duration);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Without(ChunksState.Never);
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>Lets the longest unused go when the disk would fill.</summary>
    private void Tidy(string keep)
    {
        var kept = new DirectoryInfo(Root).EnumerateDirectories().OrderByDescending(folder => folder.CreationTimeUtc).Skip(options.Value.ChunkedTracks);
        foreach (var folder in kept.Where(folder => folder.FullName != keep))
            folder.Delete(recursive: true);
    }

    private TimeSpan? ReadLength(CatalogTrack track)
    {
        var file = Path.Combine(FolderOf(track), LengthFile);
        return File.Exists(WholeOf(track)) && File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var ticks) ? TimeSpan.FromTicks(ticks) : null;
    }

    private ChunkList Ready(CatalogTrack track, TimeSpan duration) => new(
        ChunksState.Ready,
        ChunkCutter.ChunkMs,
        ChunkCutter.PrerollMs,
        ChunkCutter.CountOf(duration),
        duration.TotalMilliseconds,
        $"/api/tracks/{track.Track.Id}/chunks/{{index}}?v={track.File.AudioVersion}",
        SavesBytes(track) ? $"/api/tracks/{track.Track.Id}/opus?v={track.File.AudioVersion}" : track.Track.AudioUrl);

    /// <summary>Coding a small file again would cost quality and save nothing.</summary>
    private bool SavesBytes(CatalogTrack track) => new FileInfo(WholeOf(track)) is { Exists: true } whole && whole.Length < track.File.SizeBytes;

    private static ChunkList Without(ChunksState state) => new(state, ChunkCutter.ChunkMs, ChunkCutter.PrerollMs, 0, 0, "", "");

    private static string KeyOf(CatalogTrack track) => $"{track.Track.Id}-{track.File.AudioVersion}";

    private string Root => Path.Combine(storage.Value.Folder, "chunks");

    private string FolderOf(CatalogTrack track) => Path.Combine(Root, KeyOf(track));
}
