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

/// <summary>Whether an edited sheet can be kept. Refusals name the line, counted from 1.</summary>
internal sealed class SheetCheck(TimeSpan duration)
{
    private const int TextLength = 500;
    private const int NameLength = 100;
    private const int MaxAgents = 50;
    private const int MaxLayers = 10;

    private readonly int _durationMs = (int)Math.Min(duration.TotalMilliseconds, LyricLimits.TimeMs);

    /// <summary>Refuses <c>lyrics.empty</c>, <c>lyrics.too_many_lines</c>, <c>lyrics.too_large</c>, <c>lyrics.time_invalid</c> and <c>lyrics.text_invalid</c>.</summary>
    public void Check(SheetEdit edit)
    {
        var lines = edit.Lines ?? [];
        if (lines.All(line => string.IsNullOrWhiteSpace(line?.Text)))
            throw Refused(LyricRefusals.Empty);
        if (lines.Count > LyricLimits.Lines)
            throw Refused(LyricRefusals.TooManyLines);
        if (lines.Sum(line => line?.Words?.Count ?? 0) > LyricLimits.Words)
            throw Refused(LyricRefusals.TooLarge);
        if (!IsName(edit.Language) || edit.Agents is { Count: > MaxAgents } || edit.Agents?.All(agent => IsAgent(agent.Key, agent.Value)) == false)
            throw new RefusedException(LyricsRefusals.TextInvalid);

        var synced = lines[0]?.StartMs is not null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { } line || !IsText(line) || (i == 0 && line.Role is not null))
                throw new RefusedException(LyricsRefusals.TextInvalid with { Line = i + 1 });
            if (!(synced ? IsTimed(line) : line is { StartMs: null, EndMs: null, Words: null or [] }))
                throw new RefusedException(LyricsRefusals.TimeInvalid with { Line = i + 1 });
        }
    }

    private static bool IsText(LineEdit line) =>
        line.Text is { Length: <= TextLength } text &&
        !text.Any(character => char.IsControl(character) && character != '\n') &&
        line.Role is null or LyricLine.Background &&
        IsName(line.Agent) && AreLayers(line.Translations) && AreLayers(line.Romanisations) &&
        (line.Words is null or [] || (line.Words.All(word => word is { Text.Length: > 0 }) && string.Concat(line.Words.Select(word => word.Text)) == text));

    private bool IsTimed(LineEdit line)
    {
        if (line.StartMs is not { } startMs || !IsInside(startMs) || (line.EndMs is { } endMs && !(IsInside(endMs) && endMs >= startMs)))
            return false;
        var from = startMs;
        foreach (var word in line.Words ?? [])
        {
            if (word.StartMs < from || !IsInside(word.StartMs) || (word.EndMs is { } wordEndMs && !(IsInside(wordEndMs) && wordEndMs >= word.StartMs)))
                return false;
            from = word.StartMs;
        }

        return true;
    }

    private bool IsInside(int positionMs) => positionMs >= 0 && positionMs <= _durationMs;

    private static bool AreLayers(IReadOnlyDictionary<string, string>? layers) =>
        layers is null || (layers.Count <= MaxLayers && layers.All(layer => IsName(layer.Key) && layer.Value is { Length: <= TextLength }));

    private static bool IsAgent(string key, CueAgent? agent) =>
        IsName(key) && agent is not null && IsName(agent.Type ?? "") && IsName(agent.Name ?? "");

    private static bool IsName(string? name) => name is null || (name.Length <= NameLength && !name.Any(char.IsControl));

    private static RefusedException Refused(string code) => new(LyricsRefusals.Unreadable(new LyricRefusedException(code)));
}
