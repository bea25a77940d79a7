using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Reads with ffprobe duration, tags and pictures.</summary>
internal static class Ffprobe
{
    /// <summary>How the front is marked among the pictures of a file.</summary>
    public const string Front = "Cover (front)";

    private const int MaxOutputBytes = 4 * 1024 * 1024;

    /// <summary>What is asked for of a file whose tags are too large: pictures in text tags reach many megabytes.</summary>
    private const string FewTags = "title,artist,album,album_artist,track,disc,date,genre,lyrics,syncedlyrics,unsyncedlyrics,comment";

    private static readonly string[] PictureCodecs = ["mjpeg", "png", "gif", "bmp", "webp", "theora"];

    public static async Task<ProbedAudio?> ReadAsync(CatalogOptions options, string fullPath, CancellationToken cancellationToken)
    {
        var read = await RunAsync(options, fullPath, "format_tags", "stream_tags", cancellationToken)
            ?? await RunAsync(options, fullPath, $"format_tags={FewTags}", $"stream_tags={FewTags}", cancellationToken);
        return read is null ? null : Parse(read);
    }

    /// <summary>Whether one of the pictures in the file is marked as the front.</summary>
    public static async Task<bool> HasFrontAsync(CatalogOptions options, string fullPath, CancellationToken cancellationToken)
    {
        string[] arguments = ["-v", "quiet", "-of", "default=nw=1:nk=1", "-select_streams", "v", "-show_entries", "stream_tags=comment", .. MediaTool.Open(fullPath)];
        var output = await MediaTool.RunAsync(options.Ffprobe, arguments, options.ToolTimeout, MaxOutputBytes, cancellationToken);
        return output is not null && Encoding.UTF8.GetString(output).Split('\n').Contains(Front);
    }

    private static Task<byte[]?> RunAsync(CatalogOptions options, string fullPath, string formatTags, string streamTags, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v", "quiet", "-of", "json",
            "-show_entries", $"format=duration,start_time:{formatTags}:stream=codec_type,codec_name,duration:{streamTags}:stream_disposition=attached_pic",
            .. MediaTool.Open(fullPath),
        ];
        return MediaTool.RunAsync(options.Ffprobe, arguments, options.ToolTimeout, MaxOutputBytes, cancellationToken);
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

        // Ogg keeps its tags on the stream, everything else on the file.
        var tags = Tags(audio);
        foreach (var (name, value) in Tags(format))
            tags[name] = value;
        return new ProbedAudio(
            (Duration(format) ?? Duration(audio)) - LeadIn(format),
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

    // Marked as attached, or put in as an ordinary video stream of a picture format.
    private static bool IsPicture(JsonElement stream) =>
        (stream.TryGetProperty("disposition", out var disposition) && disposition.TryGetProperty("attached_pic", out var attached) && attached.GetInt32() == 1) ||
        (TypeOf(stream) == "video" && stream.TryGetProperty("codec_name", out var codec) && PictureCodecs.Contains(codec.GetString()));

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
