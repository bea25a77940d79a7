using System.Buffers.Binary;
using System.Text;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>Lyrics of a tag.</summary>
/// <param name="Source">Its bytes.</param>
/// <param name="Format">As the tag declares it; null when it has to be recognised by the content.</param>
internal sealed record LyricTag(byte[] Source, LyricFormat? Format);

/// <summary>
/// Lyrics inside audio files, those that promise times first: ID3's SYLT by a reader of our own (ffprobe does not give it), then
/// what ffprobe finds (Vorbis comments, MP4, Matroska), then ID3's USLT.
/// </summary>
internal sealed class EmbeddedLyrics(AudioProbe probe)
{
    /// <summary>The lyrics in a file; none when it cannot be read.</summary>
    public async Task<IReadOnlyList<LyricTag>> ReadAsync(string fullPath, CancellationToken cancellationToken) =>
        await probe.ReadAsync(fullPath, cancellationToken) is { } probed ? Read(fullPath, probed) : [];

    /// <summary>The lyrics in a file that was probed already.</summary>
    public static IReadOnlyList<LyricTag> Read(string fullPath, ProbedAudio probed)
    {
        var frames = Path.GetExtension(fullPath).Equals(".mp3", StringComparison.OrdinalIgnoreCase) ? Id3Frames.Read(fullPath) : [];
        return
        [
            .. frames.Where(frame => frame.IsTimed).Select(frame => new LyricTag(frame.Body, LyricFormat.Id3)),
            .. probed.Lyrics.Where(text => text.Length <= LyricLimits.Bytes).Select(text => new LyricTag(Encoding.UTF8.GetBytes(text), Format: null)),
            .. frames.Where(frame => !frame.IsTimed).Select(frame => new LyricTag(frame.Body, LyricFormat.Id3)),
        ];
    }
}

/// <summary>A lyrics frame of an ID3 tag.</summary>
/// <param name="IsTimed">SYLT, as opposed to USLT.</param>
/// <param name="Body">Without the frame header.</param>
internal sealed record Id3Frame(bool IsTimed, byte[] Body);

/// <summary>Finds the lyrics frames of the ID3v2 tag at the beginning of a file: versions 2.2, 2.3 and 2.4.</summary>
/// <remarks>https://id3.org/id3v2.4.0-structure and its forerunners. Compressed and encrypted frames are passed by.</remarks>
internal static class Id3Frames
{
    private const int HeaderBytes = 10;

    /// <summary>A tag holds pictures too; larger ones are not looked through.</summary>
    private const int MaxTagBytes = 16 * 1024 * 1024;

    private const int Unsynchronised = 0x80;
    private const int Extended = 0x40;

    public static IReadOnlyList<Id3Frame> Read(string fullPath)
    {
        try
        {
            using var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The frames in order; nothing where there is no tag. A damaged tag gives the frames before the damage.</summary>
    public static IReadOnlyList<Id3Frame> Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith("ID3"u8))
            return [];
        var (version, flags, size) = (header[3], header[5], SynchSafe(header[6..]));
        if (version is < 2 or > 4 || size > MaxTagBytes)
            return [];

        var bytes = new byte[Math.Min(size, Math.Max(0, stream.Length - HeaderBytes))];
        var tag = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        // Version 2.4 says it frame by frame.
        if (version < 4 && (flags & Unsynchronised) != 0)
            tag = Synchronise(tag);
        if (version > 2 && (flags & Extended) != 0)
            tag = SkipExtendedHeader(tag, version);
        return Frames(tag, version);
    }

    private static List<Id3Frame> Frames(ReadOnlySpan<byte> tag, int version)
    {
        var frames = new List<Id3Frame>();
        var headerBytes = version == 2 ? 6 : HeaderBytes;
        while (tag.Length > headerBytes && tag[0] != 0)
        {
            var size = version switch
            {
                2 => (tag[3] << 16) | (tag[4] << 8) | tag[5],
                3 => BinaryPrimitives.ReadInt32BigEndian(tag[4..]),
                _ => SynchSafe(tag[4..]),
            };
            if (size < 0 || size > tag.Length - headerBytes)
                break;
            if (Timed(Encoding.ASCII.GetString(tag[..(version == 2 ? 3 : 4)])) is { } timed &&
                Body(tag.Slice(headerBytes, size), version, version == 2 ? 0 : tag[9]) is { } body)
            {
                frames.Add(new Id3Frame(timed, body));
            }

            tag = tag[(headerBytes + size)..];
        }

        return frames;
    }

    private static bool? Timed(string id) => id switch
    {
        "SYLT" or "SLT" => true,
        "USLT" or "ULT" => false,
        _ => null,
    };

    private static byte[]? Body(ReadOnlySpan<byte> body, int version, int flags)
    {
        var (unreadable, grouped) = version == 3 ? (0xC0, 0x20) : (0x0C, 0x40);
        if ((flags & unreadable) != 0)
            return null;
        var skipped = (flags & grouped) != 0 ? 1 : 0;
        // Version 2.4 may write the frame's real length first, in four bytes.
        skipped += version == 4 && (flags & 0x01) != 0 ? 4 : 0;
        if (skipped > body.Length)
            return null;
        body = body[skipped..];
        return version == 4 && (flags & 0x02) != 0 ? Synchronise(body).ToArray() : body.ToArray();
    }

    private static Span<byte> SkipExtendedHeader(Span<byte> tag, int version)
    {
        if (tag.Length < 4)
            return [];
        var size = version == 3 ? BinaryPrimitives.ReadInt32BigEndian(tag) + 4L : SynchSafe(tag);
        return size < 4 || size > tag.Length ? [] : tag[(int)size..];
    }

    /// <summary>Takes out the zero that was written behind every 0xFF, so that no tag looks like audio.</summary>
    private static Span<byte> Synchronise(ReadOnlySpan<byte> bytes)
    {
        var plain = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            plain[length++] = bytes[i];
            if (bytes[i] == 0xFF && i + 1 < bytes.Length && bytes[i + 1] == 0)
                i++;
        }

        return plain.AsSpan(0, length);
    }

    private static int SynchSafe(ReadOnlySpan<byte> bytes) =>
        ((bytes[0] & 0x7F) << 21) | ((bytes[1] & 0x7F) << 14) | ((bytes[2] & 0x7F) << 7) | (bytes[3] & 0x7F);
}
