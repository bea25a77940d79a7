using System.Text;

namespace MusicSocial.Load;

/// <summary>What was measured: a row per figure, beside what it was compared with in the same run.</summary>
internal sealed class Report
{
    private readonly List<(string What, string Value, string Reference)> _rows = [];

    public void Add(string what, string value, string reference = "")
    {
        _rows.Add((what, value, reference));
        Console.Error.WriteLine($"{what}: {value} {reference}");
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder("| what | measured | reference in the same run |\n|---|---|---|\n");
        foreach (var (what, value, reference) in _rows)
            text.Append("| ").Append(what).Append(" | ").Append(value).Append(" | ").Append(reference).AppendLine(" |");
        return text.ToString();
    }

    /// <summary>The middle of several runs.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>The value that <paramref name="share"/> of the values do not exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * share) - 1)];
    }
}
