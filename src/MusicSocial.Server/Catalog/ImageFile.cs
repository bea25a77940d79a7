using System.Buffers.Binary;

namespace MusicSocial.Server.Catalog;

/// <summary>A picture file.</summary>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="IsLarge">Whether lists that show many of them need a smaller one.</param>
internal sealed record Picture(string ContentType, bool IsLarge);

/// <summary>Picture files, known by their content: one dressed as a picture is none, and is neither sent nor decoded.</summary>
internal static class ImageFile
{
    /// <summary>Larger ones are not covers; scans at full size reach 40 MB.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Larger ones are scaled before they are sent.</summary>
    private const long LargeBytes = 256 * 1024;

    /// <summary>Longest side, in pixels, of what is sent.</summary>
    public const int MaxSide = 1024;

    /// <summary>Limits what an ffmpeg decoder takes: a megabyte of PNG may be a gigabyte of pixels.</summary>
    public static readonly string[] MaxPixels = ["-max_pixels", "64000000"];

    /// <summary>The content type; null when the file is no picture, too large or cannot be read.</summary>
    public static async Task<string?> ContentTypeOfAsync(string fullPath, CancellationToken cancellationToken) =>
        (await ReadAsync(fullPath, cancellationToken))?.ContentType;

    /// <summary>What the picture is; null when the file is no picture, too large or cannot be read.</summary>
    public static async Task<Picture?> ReadAsync(string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var head = new byte[24];
            var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            return file.Length > MaxBytes ? null : Read(head.AsSpan(0, read), file.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Picture? Read(ReadOnlySpan<byte> head, long bytes) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new Picture("image/jpeg", bytes > LargeBytes),
        // Width and height come first in a PNG; one colour of any size takes few bytes.
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => new Picture("image/png", bytes > LargeBytes || (head.Length >= 24 && Side(head[16..]) > MaxSide)),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => new Picture("image/webp", bytes > LargeBytes),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => new Picture("image/gif", bytes > LargeBytes),
        [(byte)'B', (byte)'M', ..] when bytes > 26 && head.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(head[2..]) <= bytes => new Picture("image/bmp", IsLarge: true),
        _ => null,
    };

    private static uint Side(ReadOnlySpan<byte> size) => Math.Max(BinaryPrimitives.ReadUInt32BigEndian(size), BinaryPrimitives.ReadUInt32BigEndian(size[4..]));
}
