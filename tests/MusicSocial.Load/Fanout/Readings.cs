using System.Globalization;
using System.Text.Json;

namespace MusicSocial.Load.Fanout;

/// <summary>Everything measured so far, kept in a file, so that long runs can be made in pieces.</summary>
internal sealed class Readings(string file)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly List<Reading> _all =
        File.Exists(file) ? [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize<Reading>(line, Json)!)] : [];

    public IReadOnlyList<Reading> All => _all;

    /// <summary>Forgets what was measured of a row, to measure it anew.</summary>
    public void Forget(string row) => _all.RemoveAll(reading => reading.Row == row);

    public void Add(Reading reading)
    {
        _all.Add(reading);
        var values = reading.Values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.###}"));
        Console.Error.WriteLine($"{reading.Row} {reading.Size} {reading.Server}: {string.Join(", ", values)}");
        foreach (var violation in reading.Violations)
            Console.Error.WriteLine($"  ! {violation}");
    }

    /// <summary>One reading a line, so that a new one is one line of a diff.</summary>
    public void Save() => File.WriteAllLines(file, _all.Select(reading => JsonSerializer.Serialize(reading, Json)));
}
