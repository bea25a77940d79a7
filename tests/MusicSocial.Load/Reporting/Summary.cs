using System.Globalization;
using MusicSocial.Load.Fanout;

namespace MusicSocial.Load.Reporting;

/// <summary>The middle of what was measured, by row, server, size and figure.</summary>
internal sealed class Summary(IReadOnlyList<Reading> readings)
{
    public IReadOnlyList<Reading> Of(string row, string server, double? size = null) =>
        [.. readings.Where(reading => reading.Row == row && reading.Server == server && (size is null || reading.Size == size))];

    /// <summary>The median; null when nothing was measured.</summary>
    public double? Median(string row, string server, string figure, double? size = null)
    {
        var values = Of(row, server, size).Select(reading => reading.Values.GetValueOrDefault(figure, double.NaN)).Where(double.IsFinite).ToList();
        return values.Count == 0 ? null : Report.Median(values);
    }

    /// <summary>Median and range, or a dash.</summary>
    public string Cell(string row, string server, string figure, string unit, double scale = 1)
    {
        if (Median(row, server, figure) is not { } median)
            return "-";
        var values = Of(row, server).Select(reading => reading.Values[figure] / scale).ToList();
        return values.Count == 1
            ? $"{Number(median / scale)} {unit}".TrimEnd()
            : $"{Number(median / scale)} {unit} ({Number(values.Min())} to {Number(values.Max())})".Replace("  ", " ", StringComparison.Ordinal);
    }

    /// <summary>Sizes measured of a curve, in order.</summary>
    public IReadOnlyList<double> Sizes(string row) => [.. readings.Where(reading => reading.Row == row).Select(reading => reading.Size).Distinct().Order()];

    public int RunsOf(string row, string server) => Of(row, server).Count;

    /// <summary>Three significant digits are more than a run is worth.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1_000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
