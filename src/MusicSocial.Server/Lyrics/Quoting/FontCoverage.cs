using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>Which characters this machine's fonts can draw: a picture full of empty boxes is worse than none.</summary>
internal sealed class FontCoverage(IOptions<CatalogOptions> options)
{
    private const int MaxListBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private Task<List<(int First, int Last)>?>? _reading;

    /// <summary>Whether every character of the text that shows anything has a glyph.</summary>
    public async Task<bool> CoversAsync(string text)
    {
        if (await RangesAsync() is not { } ranges)
            return false;
        return text.EnumerateRunes().All(rune => !Shows(rune) || ranges.Exists(range => range.First <= rune.Value && rune.Value <= range.Last));
    }

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
            // Shared by all who wait: nobody's leaving may cancel it.
            var list = await MediaTool.RunAsync("fc-list", ["--format", "%{charset} "], options.Value.ToolTimeout, MaxListBytes, CancellationToken.None);
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
