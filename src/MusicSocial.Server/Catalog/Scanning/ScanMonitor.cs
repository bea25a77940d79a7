namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>What operators see and want of the scan on this node.</summary>
internal sealed class ScanMonitor
{
    private readonly Lock _lock = new();
    private readonly List<ScanDemand> _demands = [];
    private ScanStatus _status = new(Running: false, 0, 0, []);

    /// <summary>The scan that runs, or the last one.</summary>
    public ScanStatus Status
    {
        get
        {
            lock (_lock)
                return _status with { Running = _status.Running || _demands.Count > 0 };
        }
    }

    /// <summary>Notes what the next scan is to read again.</summary>
    public void Demand(ScanDemand demand)
    {
        lock (_lock)
            _demands.Add(demand);
    }

    /// <summary>A scan begins; what was demanded of it.</summary>
    public IReadOnlyList<ScanDemand> Begin()
    {
        lock (_lock)
        {
            _status = _status with { Running = true, Found = 0, Read = 0 };
            ScanDemand[] demands = [.. _demands];
            _demands.Clear();
            return demands;
        }
    }

    public void Report(int found, int read)
    {
        lock (_lock)
            _status = _status with { Found = found, Read = read };
    }

    /// <summary>A scan ended; what it skipped is null when it did not come to its end.</summary>
    public void End(IReadOnlyList<SkippedFile>? skipped)
    {
        lock (_lock)
            _status = _status with { Running = false, Skipped = skipped ?? _status.Skipped };
    }
}

/// <summary>What is to be looked at.</summary>
/// <param name="Force">Whether files that seem unchanged are read again too.</param>
/// <param name="Path">Those at and below this stored path; all when empty.</param>
internal sealed record ScanDemand(bool Force, string Path)
{
    public bool Covers(string path) =>
        Force && (Path.Length == 0 || path == Path || path.StartsWith($"{Path}/", StringComparison.Ordinal));
}
