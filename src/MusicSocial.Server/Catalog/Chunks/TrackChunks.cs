using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Server.Api;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Chunks;

/// <summary>
/// The chunks of the tracks that are listened to, and each of these tracks as one Opus file: cut on demand, one track after the other, and
/// kept in the data folder until the space is needed for tracks used later.
/// </summary>
internal sealed partial class TrackChunks(
    MusicFolders folders, ChunkCutter cutter, TrackLengths lengths, BasePath basePath, RateLimiter limiter, TimeProvider time, IOptions<StorageOptions> storage,
    IOptions<CatalogOptions> options,
    ILogger<TrackChunks> logger) : SupervisedService(time, logger)
{
    private const string LengthFile = "length";
    private const int MaxWaiting = 200;

    /// <summary>How often the use of a track is written to disk, for the order of eviction after a restart.</summary>
    private static readonly TimeSpan UseWritten = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(1);

    private sealed record Kept(TimeSpan Duration, DateTime Used, DateTime Written);

    private readonly Channel<CatalogTrack> _queue = Channel.CreateUnbounded<CatalogTrack>();
    private readonly ConcurrentDictionary<string, bool> _waiting = new();
    private readonly ConcurrentDictionary<string, Kept> _kept = new();
    private readonly ToolFailures _failures = new(time);

    /// <summary>
    /// The chunks of a track as far as they are there. Asking has them cut, within a limit for each address: a track beyond the limit, or that finds
    /// the queue full, is <c>coming</c> too and is queued when it is asked for again.
    /// </summary>
    public ChunkList Find(CatalogTrack track, ClientNetwork network)
    {
        var key = KeyOf(track);
        if (Use(key) is { } duration)
            return Ready(track, duration);
        if (track.Track.DurationMs > options.Value.ChunkedUpTo.TotalMilliseconds || _failures.Contains(key))
            return Without(ChunksState.Never);
        if (!_waiting.ContainsKey(key) && _waiting.Count < MaxWaiting && limiter.TryAcquire("chunks", network, options.Value.Cuts, out _) && _waiting.TryAdd(key, true))
            _queue.Writer.TryWrite(track);
        return Without(ChunksState.Coming);
    }

    /// <summary>The file of one chunk, which may not be there.</summary>
    public string FileOf(CatalogTrack track, int index) =>
        Path.Combine(FolderOf(KeyOf(track)), string.Create(CultureInfo.InvariantCulture, $"{index}.ogg"));

    /// <summary>The file of the whole track as Opus, which may not be there.</summary>
    public string WholeOf(CatalogTrack track) => Path.Combine(FolderOf(KeyOf(track)), ChunkCutter.WholeFile);

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await foreach (var track in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            var key = KeyOf(track);
            try
            {
                if (!await CutAsync(track, stoppingToken))
                    _failures.Add(key);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk or a missing permission: the track is heard from its file and tried again later.
                _failures.Add(key);
                LogFailed(exception, track.Track.Id, ToolFailures.Remembered);
            }

            _waiting.TryRemove(key, out _);
        }
    }

    private async Task<bool> CutAsync(CatalogTrack track, CancellationToken cancellationToken)
    {
        if (folders.FullPathOf(track.File.Path) is not { } audio)
            return false;
        var folder = FolderOf(KeyOf(track));
        var unfinished = $"{folder}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(unfinished);
            if (await cutter.CutAsync(audio, unfinished, cancellationToken) is not { } duration)
                return false;
            await File.WriteAllTextAsync(Path.Combine(unfinished, LengthFile), duration.Ticks.ToString(CultureInfo.InvariantCulture), cancellationToken);
            // An incomplete folder of an earlier version, without the whole file, would be in the way.
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            // The clock of a room and the chunks its members hear agree from the first chunk on.
            await lengths.TakeAsync(track.Track.Id, track.File.Fingerprint, duration, cancellationToken);
            // Before the track can be seen: a client that finds it ready finds the evicted ones gone.
            MakeRoom();
            Directory.Move(unfinished, folder);
            Use(KeyOf(track));
            return true;
        }
        finally
        {
            TryDelete(unfinished);
        }
    }

    /// <summary>The length of a track whose chunks are there, which counts as using them; null when they are not.</summary>
    private TimeSpan? Use(string key)
    {
        var folder = FolderOf(key);
        var now = Time.GetUtcNow().UtcDateTime;
        if (!_kept.TryGetValue(key, out var kept))
        {
            var file = Path.Combine(folder, LengthFile);
            if (!File.Exists(file) || !File.Exists(Path.Combine(folder, ChunkCutter.WholeFile)) ||
                !long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var ticks))
            {
                return null;
            }

            kept = new Kept(TimeSpan.FromTicks(ticks), now, default);
        }
        else if (!Directory.Exists(folder))
        {
            _kept.TryRemove(key, out _);
            return null;
        }

        var write = now - kept.Written > UseWritten;
        _kept[key] = kept with { Used = now, Written = write ? now : kept.Written };
        if (write)
            NoteUse(Path.Combine(folder, LengthFile), now);
        return kept.Duration;
    }

    /// <summary>Deletes the tracks that were not used for the longest time, so that one more may be kept, and what a crash left unfinished.</summary>
    private void MakeRoom()
    {
        var all = new DirectoryInfo(Root).GetDirectories().ToLookup(folder => folder.Name.Contains('.', StringComparison.Ordinal));
        foreach (var folder in all[true].Where(folder => Time.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > AbandonedAfter))
            TryDelete(folder.FullName);
        foreach (var folder in all[false].OrderByDescending(UsedAt).Skip(options.Value.ChunkedTracks - 1))
        {
            _kept.TryRemove(folder.Name, out _);
            TryDelete(folder.FullName);
        }
    }

    private DateTime UsedAt(DirectoryInfo folder) =>
        _kept.TryGetValue(folder.Name, out var kept) ? kept.Used : File.GetLastWriteTimeUtc(Path.Combine(folder.FullName, LengthFile));

    private static void NoteUse(string file, DateTime now)
    {
        try
        {
            File.SetLastWriteTimeUtc(file, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Evicted meanwhile, or a file system without write access: only the order of eviction suffers.
        }
    }

    private void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(exception, folder);
        }
    }

    private ChunkList Ready(CatalogTrack track, TimeSpan duration) => new(
        ChunksState.Ready,
        ChunkCutter.ChunkMs,
        ChunkCutter.PrerollMs,
        ChunkCutter.CountOf(duration),
        duration.TotalMilliseconds,
        basePath.To($"/api/tracks/{track.Track.Id}/chunks/{{index}}?v={track.File.AudioVersion}"),
        AudioFormats.IsPlayable(track.File.ContentType) && !SavesBytes(track)
            ? track.Track.AudioUrl
            : basePath.To($"/api/tracks/{track.Track.Id}/opus?v={track.File.AudioVersion}"));

    /// <summary>Coding a small file again would cost quality and save nothing.</summary>
    private bool SavesBytes(CatalogTrack track) => new FileInfo(WholeOf(track)) is { Exists: true } whole && whole.Length < track.File.SizeBytes;

    private static ChunkList Without(ChunksState state) => new(state, ChunkCutter.ChunkMs, ChunkCutter.PrerollMs, 0, 0, "", "");

    private static string KeyOf(CatalogTrack track) => $"{track.Track.Id}-{track.File.AudioVersion}";

    private string Root => Path.Combine(storage.Value.Folder, "chunks");

    private string FolderOf(string key) => Path.Combine(Root, key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chunks of track {TrackId} cannot be kept; it plays from its file and is tried again after {Pause}. Check the disk that holds the data folder.")]
    private partial void LogFailed(Exception exception, string trackId, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} cannot be deleted and keeps its disk space; check its permissions.")]
    private partial void LogNotDeleted(Exception exception, string folder);
}
