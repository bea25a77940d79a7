namespace MusicSocial.Server.Catalog.Probing;

/// <summary>The audio files the catalog takes, by extension.</summary>
internal static class AudioFormats
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp3"] = "audio/mpeg",
        [".flac"] = "audio/flac",
        [".ogg"] = "audio/ogg",
        [".oga"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".m4a"] = "audio/mp4",
        [".mp4"] = "audio/mp4",
        [".webm"] = "audio/webm",
        [".wav"] = "audio/wav",
    };

    /// <summary>The MIME type by which browsers play the file; null when it is not music.</summary>
    public static string? ContentTypeOf(string fileName) => ContentTypes.GetValueOrDefault(Path.GetExtension(fileName));
}
