using System.Text;
using System.Text.Json;

namespace MusicSocial.Lyrics.Tests.Vectors;

/// <summary>One case of cases.json: input and what it must become. A field that is absent is not asserted.</summary>
public sealed record LyricVector(
    string Id,
    string? Kind,
    string? Format,
    string? Input,
    string? InputBase64,
    VectorRepeat? InputGen,
    VectorOptions? Options,
    VectorExpectation? Expect,
    VectorSheet? Doc,
    IReadOnlyList<VectorLine>? Lines,
    int? DurationMs,
    IReadOnlyList<VectorProbe>? Probes)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, LyricVector> All { get; } = Load();

    public byte[] Bytes => InputBase64 is not null
        ? Convert.FromBase64String(InputBase64)
        : Encoding.UTF8.GetBytes(Input ?? InputGen!.Text);

    public override string ToString() => Id;

    private static Dictionary<string, LyricVector> Load()
    {
        using var stream = typeof(LyricVector).Assembly.GetManifestResourceStream("cases.json")!;
        return JsonSerializer.Deserialize<LyricVector[]>(stream, Web)!.ToDictionary(vector => vector.Id);
    }
}

public sealed record VectorRepeat(string? Prefix, string Repeat, int Count)
{
    public string Text => Prefix + new StringBuilder().Insert(0, Repeat, Count);
}

public sealed record VectorOptions(string? HintEncoding, int? Precision);

public sealed record VectorExpectation(
    IReadOnlyList<VectorLine>? Lines,
    IReadOnlyDictionary<string, string>? Metadata,
    IReadOnlyDictionary<string, VectorAgent>? Agents,
    string? Error,
    bool? Synced,
    string? Output);

public sealed record VectorAgent(string Type, string Name);

public sealed record VectorSheet(IReadOnlyList<VectorLine> Lines)
{
    public LyricSheet ToSheet() => new() { Lines = [.. Lines.Select(line => line.ToLine())] };
}

public sealed record VectorLine(
    int? StartMs,
    int? EndMs,
    string Text,
    string? Role,
    string? Agent,
    IReadOnlyList<VectorWord>? Words,
    IReadOnlyDictionary<string, string>? Translations,
    IReadOnlyDictionary<string, string>? Romanizations)
{
    public LyricLine ToLine() => new()
    {
        StartMs = StartMs,
        EndMs = EndMs,
        Text = Text,
        Role = Role,
        Agent = Agent,
        Words = [.. (Words ?? []).Select(word => new LyricWord(word.StartMs, word.EndMs, word.Text))],
    };
}

public sealed record VectorWord(int StartMs, int? EndMs, string Text);

public sealed record VectorProbe(int TMs, IReadOnlyList<int> Active, int? Next, bool Interlude);
