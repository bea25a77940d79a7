using System.Globalization;
using System.Text.Json;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Reads with ffprobe duration, tags and pictures.</summary>
internal static class Ffprobe
{
    private const int MaxOutputBytes = 1024 * 1024;

    public static async Task<ProbedAudio?> ReadAsync(CatalogOptions options, string fullPath, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v", "quiet", "-of", "json",
            "-show_entries", "format=duration,start_time:format_tags:stream=codec_type,duration:stream_tags:stream_disposition=attached_pic",
            .. MediaTool.Open(fullPath),
        ];
        var output = await MediaTool.RunAsync(options.Ffprobe, arguments, options.ToolTimeout, MaxOutputBytes, cancellationToken);
        return output is null ? null : Parse(output);
    }

    private static ProbedAudio? Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProbedAudio? Read(JsonElement root)
    {
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToList() : [];
        var audio = streams.FirstOrDefault(stream => TypeOf(stream) == "audio");
        if (audio.ValueKind == JsonValueKind.Undefined)
            return null;
        var format = root.TryGetProperty("format", out var element) ? element : default;
        if ((Duration(format) ?? Duration(audio)) is not { } duration)
            return null;

        // Ogg keeps its tags on the stream, everything else on the file.
        var tags = Tags(audio);
        foreach (var (name, value) in Tags(format))
            tags[name] = value;
        return new ProbedAudio(
            duration - LeadIn(format),
            tags.GetValueOrDefault("title"),
            tags.GetValueOrDefault("artist") ?? tags.GetValueOrDefault("album_artist"),
            tags.GetValueOrDefault("album"),
            streams.Any(IsPicture))
        {
            Lyrics = LyricTags(tags),
        };
    }

    // Vorbis comments and MP4's "lyr" go by these names; ffprobe adds the language of USLT ("lyrics-eng").
    private static List<string> LyricTags(Dictionary<string, string> tags) =>
        [.. tags
            .Where(tag => !string.IsNullOrWhiteSpace(tag.Value))
            .Select(tag => (Rank: RankOf(tag.Key.ToLowerInvariant()), Tag: tag))
            .Where(ranked => ranked.Rank >= 0)
            .OrderBy(ranked => ranked.Rank).ThenBy(ranked => ranked.Tag.Key, StringComparer.Ordinal)
            .Select(ranked => ranked.Tag.Value)];

    private static int RankOf(string name) => name switch
    {
        "syncedlyrics" => 0,
        "lyrics" => 1,
        "unsyncedlyrics" or "unsynced lyrics" or "unsynchronised lyric" => 3,
        _ => name.StartsWith("lyrics-", StringComparison.Ordinal) ? 2 : -1,
    };

    private static string? TypeOf(JsonElement stream) =>
        stream.TryGetProperty("codec_type", out var type) ? type.GetString() : null;

    private static bool IsPicture(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) &&
        disposition.TryGetProperty("attached_pic", out var attached) && attached.GetInt32() == 1;

    private static TimeSpan? Duration(JsonElement element) =>
        Seconds(element, "duration") is { } seconds and >= 0.001 and < 100 * 3600 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The codec delay, which is decoded but not played: it is before zero, and WebM's length contains it.</summary>
    private static TimeSpan LeadIn(JsonElement format) =>
        Seconds(format, "start_time") is { } seconds and < 0 and > -1 && Duration(format) > TimeSpan.FromSeconds(-seconds)
            ? TimeSpan.FromSeconds(-seconds)
            : TimeSpan.Zero;

    private static double? Seconds(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) &&
        double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static Dictionary<string, string> Tags(JsonElement element)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("tags", out var list))
        {
            foreach (var tag in list.EnumerateObject())
                tags[tag.Name] = tag.Value.GetString() ?? "";
        }

        return tags;
    }
}
