using System.Collections.Immutable;
using System.Text.Json;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics.Editing;

/// <summary>A sheet that an editor made: checked once, kept as JSON, read again as the model.</summary>
internal static class EditedSheet
{
    /// <summary>The format name under which such revisions are kept. No upload can ask for it.</summary>
    public const string Format = "sheet";

    public static byte[] Write(SheetEdit edit) =>
        JsonSerializer.SerializeToUtf8Bytes(edit with { BasedOn = null }, WireJson.Options);

    /// <summary>What was kept; it was checked before.</summary>
    public static LyricSheet Read(byte[] source) =>
        ToSheet(JsonSerializer.Deserialize<SheetEdit>(source, WireJson.Options)!);

    /// <summary>The model of an edit that <see cref="SheetCheck"/> found good: lines in order of their start, background vocals behind the line they accompany.</summary>
    public static LyricSheet ToSheet(SheetEdit edit)
    {
        var groups = new List<List<LyricLine>>();
        foreach (var line in edit.Lines!.Select(ToLine))
        {
            if (line.Role is null || groups.Count == 0)
                groups.Add([line]);
            else
                groups[^1].Add(line);
        }

        return new LyricSheet
        {
            Lines = [.. groups.OrderBy(group => group[0].StartMs).SelectMany(group => group)],
            Language = edit.Language,
            Agents = (edit.Agents ?? ImmutableDictionary<string, CueAgent>.Empty).ToImmutableSortedDictionary(
                agent => agent.Key, agent => new LyricAgent(agent.Value.Type ?? "", agent.Value.Name ?? ""), StringComparer.Ordinal),
        };
    }

    private static LyricLine ToLine(LineEdit line) => new()
    {
        StartMs = line.StartMs,
        EndMs = line.EndMs,
        Text = line.Text ?? "",
        Role = line.Role,
        Agent = line.Agent,
        Words = [.. (line.Words ?? []).Select(word => new LyricWord(word.StartMs, word.EndMs, word.Text))],
        Translations = Sorted(line.Translations),
        Romanisations = Sorted(line.Romanisations),
    };

    private static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
