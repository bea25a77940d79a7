namespace MusicSocial.Server.Catalog;

/// <summary>Picture files, known by their content: one dressed as a picture is none, and is neither sent nor decoded.</summary>
internal static class ImageFile
{
    /// <summary>Larger ones are not covers.</summary>
    private const long MaxBytes = 20 * 1024 * 1024;

    /// <summary>Limits what an ffmpeg decoder takes: a megabyte of PNG may be a gigabyte of pixels.</summary>
    public static readonly string[] MaxPixels = ["-max_pixels", "64000000"];

    /// <summary>The content type; null when the file is no picture, too large or cannot be read.</summary>
    public static async Task<string?> ContentTypeOfAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var head = new byte[12];
            var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            return file.Length > MaxBytes ? null : head.AsSpan(0, read) switch
            {
                [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
                [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
                [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
                _ => null,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
