using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>Which characters this machine's fonts can draw: a picture full of empty boxes is worse than none.</summary>
internal sealed class FontCoverage(IOptions<CatalogOptions> catalog)
{
    /// <summary>Characters of the scripts of songs, and the package of Debian and Ubuntu with a font for them.</summary>
    private static readonly (string Script, string Sample, string Package)[] Scripts =
    [
        ("Latin, Greek and Cyrillic", "aαж", "fonts-noto-core"),
        ("Arabic and Hebrew", "عא", "fonts-noto-core"),
        ("Devanagari, Tamil and Thai", "अஅก", "fonts-noto-core"),
        ("Chinese, Japanese and Korean", "汉さ한", "fonts-noto-cjk"),
        ("emoji", "🎵", "fonts-noto-color-emoji"),
    ];

    private const int MaxListBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private Task<List<(int First, int Last)>?>? _reading;

    /// <summary>Whether every character of the text that shows anything has a glyph.</summary>
    public async Task<bool> CoversAsync(string text) => await RangesAsync() is { } ranges && Covers(ranges, text);

    /// <summary>The scripts that no font of this machine draws, with the packages that bring one; none when the machine was too busy to tell.</summary>
    public async Task<IReadOnlyList<(string Script, string Package)>> MissingAsync() => await RangesAsync() is { } ranges ? Missing(ranges) : [];

    /// <summary>The scripts that these character sets (as Fontconfig writes them) do not cover, with the packages that bring their fonts.</summary>
    internal static IReadOnlyList<(string Script, string Package)> Missing(string charsets) => Missing(Union(charsets));

    private static List<(string Script, string Package)> Missing(List<(int First, int Last)> ranges) =>
        [.. Scripts.Where(script => !Covers(ranges, script.Sample)).Select(script => (script.Script, script.Package))];

    private static bool Covers(List<(int First, int Last)> ranges, string text) =>
        text.EnumerateRunes().All(rune => !Shows(rune) || ranges.Exists(range => range.First <= rune.Value && rune.Value <= range.Last));

    // Read once; a machine too busy to answer is asked again, or it would be taken for one without fonts until the hub restarts.
    private async Task<List<(int First, int Last)>?> RangesAsync()
    {
        Task<List<(int First, int Last)>?> reading;
        lock (_lock)
            reading = _reading ??= ReadAsync();
        if (await reading is { } ranges)
            return ranges;
        lock (_lock)
            _reading = _reading == reading ? null : _reading;
        return null;
    }

    private static bool Shows(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark);

    private async Task<List<(int First, int Last)>?> ReadAsync()
    {
        try
        {
            // Shared by all requests that wait: none of them may cancel it.
            var list = await MediaTool.RunAsync("fc-list", ["--format", "%{charset} "], catalog.Value.ToolTimeout, MaxListBytes, CancellationToken.None);
            return list is null ? null : Union(Encoding.ASCII.GetString(list));
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    // Fontconfig writes "20-7e a0 1f300-1f5ff".
    private static List<(int First, int Last)> Union(string charsets)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var range in charsets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<(int First, int Last)>().Order())
        {
            if (ranges.Count > 0 && range.First <= ranges[^1].Last + 1)
                ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].Last, range.Last));
            else
                ranges.Add(range);
        }

        return ranges;
    }

    private static (int First, int Last)? Parse(string range)
    {
        var ends = range.Split('-');
        return int.TryParse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var first) &&
            int.TryParse(ends[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var last)
            ? (first, last)
            : null;
    }
}

/// <summary>Logs once, after the start, which scripts quote cards cannot be drawn in and what to install.</summary>
internal sealed partial class FontCheck(FontCoverage fonts, IOptions<LyricsOptions> options, TimeProvider time, ILogger<FontCheck> logger) : BackgroundService
{
    /// <summary>Reading the fonts takes a second of one core: not while the hub starts.</summary>
    private static readonly TimeSpan CheckAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.CheckFonts)
            return;
        await Task.Delay(CheckAfter, time, stoppingToken);
        var missing = await fonts.MissingAsync();
        if (missing.Count == 0)
            return;
        var (scripts, packages) = (string.Join("; ", missing.Select(one => one.Script)), string.Join(' ', missing.Select(one => one.Package).Distinct()));
        LogMissing(scripts, packages);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no font for {Scripts}: quote cards with such letters are refused as PNG (the SVG works). On Debian and Ubuntu: apt-get install fontconfig {Packages}; then restart the hub.")]
    private partial void LogMissing(string scripts, string packages);
}
