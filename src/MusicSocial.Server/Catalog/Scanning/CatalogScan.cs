using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// Brings the catalog up to date with the music folders. Reads only files that are new or changed, saves as it goes, and hides
/// tracks whose file is away instead of deleting them.
/// </summary>
internal sealed partial class CatalogScan(
    MusicFolders folders, OddNames oddNames, TrackReader reader, ScanStore store, ScanMonitor monitor, Tracks tracks, IHubClock clock, IOptions<CatalogOptions> options, ILogger<CatalogScan> logger)
{
    /// <summary>Files read between two writes: a restart in mid-scan loses no more than these.</summary>
    private const int BatchSize = 64;

    private readonly SkippedFiles _skipped = new();

    // So that each is logged once.
    private readonly HashSet<string> _unnamed = [];

    /// <summary>One scan; not to be run twice at a time.</summary>
    /// <param name="progress">Told the files read so far and in all, after each batch; null where it is not shown.</param>
    /// <param name="cancellationToken">Ends the scan between two files; what was saved stays.</param>
    public async Task<ScanResult> RunAsync(IProgress<(string Step, long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        var demands = monitor.Begin();
        IReadOnlyList<SkippedFile>? skipped = null;
        try
        {
            var found = MusicFolderEnumerator.Through(folders, oddNames, cancellationToken);
            var result = await RunAsync(found, demands, progress, cancellationToken);
            skipped = [.. _skipped.All, .. found.Unnamed.Select(path => new SkippedFile(path, "name")), .. found.Unreadable.Select(path => new SkippedFile(path, "folder"))];
            return result;
        }
        finally
        {
            monitor.End(skipped);
        }
    }

    private async Task<ScanResult> RunAsync(
        FoundMusic found, IReadOnlyList<ScanDemand> demands, IProgress<(string Step, long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        var known = await store.KnownAsync(cancellationToken);
        var identity = new TrackIdentity(known, found.Audio);
        _skipped.Keep(found.Audio);
        foreach (var path in found.Unreadable)
            LogUnreadableFolder(path);
        foreach (var path in found.Unnamed.Where(_unnamed.Add))
            LogUnnamed(path);

        var (toRead, returned, unsettled) = Sort(found, identity, demands);
        var (read, saved) = (0, 0);
        monitor.Report(found.Audio.Count, read);
        var later = new List<ReadAudio>();
        foreach (var batch in toRead.Chunk(BatchSize))
        {
            saved += await ReadAsync(batch, identity, later, cancellationToken);
            read += batch.Length;
            monitor.Report(found.Audio.Count, read);
            progress?.Report(("Reading files", read, toRead.Count));
        }

        foreach (var batch in later.Chunk(BatchSize))
            saved += await SaveAsync([.. batch.Select(file => ToTrack(file, identity.Settle(file))).OfType<ScannedTrack>()], cancellationToken);

        await SetPresentAsync(returned, present: true, cancellationToken);
        var gone = Gone(known, identity, found, unsettled);
        await SetPresentAsync(gone, present: false, cancellationToken);

        return new ScanResult(
            found.Audio.Count, toRead.Count, saved, returned.Count, gone.Count, _skipped.Unreadable, _skipped.Copies, unsettled.Count);
    }

    private (List<FoundAudio> ToRead, List<string> Returned, HashSet<string> Unsettled) Sort(FoundMusic found, TrackIdentity identity, IReadOnlyList<ScanDemand> demands)
    {
        var toRead = new List<FoundAudio>();
        var returned = new List<string>();
        var unsettled = new HashSet<string>();
        foreach (var file in found.Audio.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var isDemanded = demands.Any(demand => demand.Covers(file.Path));
            if (!isDemanded && identity.AtPath(file.Path) is { } track && track.IsUnchanged(file))
            {
                if (!track.Present)
                    returned.Add(track.Id);
            }
            else if (IsYoung(file))
            {
                unsettled.Add(file.Path);
            }
            else if (isDemanded || !_skipped.Holds(file, identity))
            {
                toRead.Add(file);
            }
        }

        return (toRead, returned, unsettled);
    }

    // Still being copied, perhaps: half a song would be read as another song.
    private bool IsYoung(FoundAudio file)
    {
        var age = TimeSpan.FromMilliseconds(clock.Now.Ms - file.ModifiedMs);
        return age >= TimeSpan.Zero && age < options.Value.SettleTime;
    }

    private async Task<int> ReadAsync(FoundAudio[] batch, TrackIdentity identity, List<ReadAudio> later, CancellationToken cancellationToken)
    {
        var read = new ReadAudio?[batch.Length];
        await Parallel.ForAsync(
            0, batch.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Readers, CancellationToken = cancellationToken },
            async (i, cancellation) => read[i] = await reader.ReadAsync(batch[i], cancellation));

        // One after the other, in path order: of two copies the first is always the one that is heard.
        var scanned = new List<ScannedTrack>();
        foreach (var (file, audio) in batch.Zip(read))
        {
            _skipped.Remove(file);
            if (audio is null)
                SkipUnreadable(file);
            else if (identity.Claim(audio) is var identified && identified == Identified.Later)
                later.Add(audio);
            else if (ToTrack(audio, identified) is { } track)
                scanned.Add(track);
        }

        return await SaveAsync(scanned, cancellationToken);
    }

    private async Task<int> SaveAsync(List<ScannedTrack> scanned, CancellationToken cancellationToken)
    {
        await store.SaveAsync(scanned, clock.Now.Ms, cancellationToken);
        await tracks.ChangedAsync([.. scanned.Select(track => track.Id)]);
        return scanned.Count;
    }

    private void SkipUnreadable(FoundAudio file)
    {
        _skipped.AddUnreadable(file);
        LogUnreadable(file.Path);
    }

    private ScannedTrack? ToTrack(ReadAudio read, Identified identified)
    {
        if (identified.Id is { } id)
            return TrackReader.ToTrack(id, read);
        _skipped.AddCopy(read.Found, identified.Original!);
        LogCopy(read.Found.Path, identified.Original!);
        return null;
    }

    private static List<string> Gone(
        IReadOnlyList<KnownTrack> known, TrackIdentity identity, FoundMusic found, HashSet<string> unsettled) =>
        [.. known
            .Where(track => track.Present && !identity.IsHeard(track.Id) && !unsettled.Contains(track.Path))
            .Where(track => !found.Unreadable.Any(folder => track.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(track => track.Id)];

    private async Task SetPresentAsync(List<string> ids, bool present, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        await store.SetPresentAsync(ids, present, cancellationToken);
        await tracks.ChangedAsync(ids);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read as audio and is skipped until it changes.")]
    private partial void LogUnreadable(string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} has the same sound as track {TrackId} and is not listed twice.")]
    private partial void LogCopy(string path, string trackId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The name of {Path} is not in UTF-8, so the file cannot be opened and is skipped. Rename it, for instance with convmv.")]
    private partial void LogUnnamed(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Path} cannot be listed; its tracks stay as they are. Check its permissions.")]
    private partial void LogUnreadableFolder(string path);
}

/// <summary>What one scan did.</summary>
/// <param name="Found">Audio files found.</param>
/// <param name="Read">Files read because they are new or changed.</param>
/// <param name="Saved">Tracks written.</param>
/// <param name="Returned">Tracks whose file came back as it was.</param>
/// <param name="Hidden">Tracks whose file is away.</param>
/// <param name="Unreadable">Files that cannot be read as audio, now or before.</param>
/// <param name="Copies">Files with the content of a track that is played from another file.</param>
/// <param name="Unsettled">Files still changing; the next scan looks again.</param>
internal sealed record ScanResult(int Found, int Read, int Saved, int Returned, int Hidden, int Unreadable, int Copies, int Unsettled)
{
    public bool ChangedAnything => Saved + Returned + Hidden > 0;
}
