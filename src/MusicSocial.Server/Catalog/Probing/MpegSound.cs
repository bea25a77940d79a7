using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>The sound of a file: how long it is, and what it is.</summary>
/// <param name="Duration">As it is heard; null when only decoding tells.</param>
/// <param name="Hash">SHA-256 of its encoded packets, in hexadecimal: the same whatever the tags, the name and the container.</param>
internal sealed record Sound(TimeSpan? Duration, string? Hash);

/// <summary>
/// Walks the frames of an MPEG audio file. Its length is that of its frames without what the encoder put before and behind the sound, which headers tell wrong
/// or not at all: variable rate without a Xing header, files that broke off, junk behind the sound.
/// </summary>
/// <remarks>http://gabriel.mp3-tech.org/mp3infotag.html for the delay and the padding; the decoder adds 529 samples of its own.</remarks>
internal static class MpegSound
{
    private const int HeaderBytes = 4;
    private const int DecoderDelay = 529;

    /// <summary>Junk between frames is looked through so far.</summary>
    private const int MaxJunkBytes = 4 * 1024 * 1024;

    private static readonly int[] FirstLayerThree = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] SecondLayerThree = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] SampleRates = [44_100, 48_000, 32_000];

    private readonly record struct Frame(int Version, int SampleRate, int Length, int SideInfo)
    {
        public int Samples => Version == 1 ? 1152 : 576;
    }

    private sealed record Encoded(int Frames, int Delay, int Padding);

    /// <summary>Null when it is no layer III with a bit rate in its frames.</summary>
    public static Sound? Read(string fullPath)
    {
        // Mapped rather than read whole: a day of sound is a gigabyte.
        using var stream = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 256 * 1024, FileOptions.SequentialScan);
        return Read(stream);
    }

    public static Sound? Read(Stream stream)
    {
        stream.Position = SkipTags(stream);
        var buffer = new byte[4096];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Frame? kind = null;
        Encoded? encoded = null;
        var (frames, junk) = (0L, 0);
        while (TryHeader(stream, buffer, out var header))
        {
            if (Parse(header) is not { } frame || (kind is { } first && (first.Version != frame.Version || first.SampleRate != frame.SampleRate)) ||
                !IsFollowed(stream, frame, kind is null || junk > 0))
            {
                if (++junk > MaxJunkBytes)
                    break;
                stream.Position -= HeaderBytes - 1;
                continue;
            }

            junk = 0;
            var body = buffer.AsSpan(0, frame.Length);
            BinaryPrimitives.WriteUInt32BigEndian(body, header);
            if (stream.ReadAtLeast(body[HeaderBytes..], frame.Length - HeaderBytes, throwOnEndOfStream: false) < frame.Length - HeaderBytes)
                break;
            if (kind is null && ReadInfo(body, frame) is { } info)
            {
                (kind, encoded) = (frame, info);
                continue;
            }

            kind ??= frame;
            frames++;
            hash.AppendData(body);
        }

        return kind is { } of && frames > 1 ? new Sound(LengthOf(of, frames, encoded), Convert.ToHexStringLower(hash.GetHashAndReset())) : null;
    }

    private static TimeSpan LengthOf(Frame kind, long frames, Encoded? encoded)
    {
        var samples = frames * kind.Samples;
        if (encoded is { Delay: > 0 })
        {
            // Of a file that broke off, the end with its padding is missing.
            var isWhole = encoded.Frames > 0 && frames >= encoded.Frames;
            samples = isWhole ? ((long)encoded.Frames * kind.Samples) - encoded.Delay - encoded.Padding : samples - encoded.Delay - DecoderDelay;
        }

        return TimeSpan.FromSeconds(Math.Max(1, samples) / (double)kind.SampleRate);
    }

    private static long SkipTags(Stream stream)
    {
        var position = 0L;
        Span<byte> head = stackalloc byte[10];
        while (true)
        {
            stream.Position = position;
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("ID3"u8))
                return position;
            var size = ((head[6] & 0x7F) << 21) | ((head[7] & 0x7F) << 14) | ((head[8] & 0x7F) << 7) | (head[9] & 0x7F);
            position += head.Length + size + ((head[5] & 0x10) != 0 ? head.Length : 0);
        }
    }

    private static bool TryHeader(Stream stream, byte[] buffer, out uint header)
    {
        header = 0;
        if (stream.ReadAtLeast(buffer.AsSpan(0, HeaderBytes), HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            return false;
        header = BinaryPrimitives.ReadUInt32BigEndian(buffer);
        return true;
    }

    /// <summary>Where the walk begins, and behind junk, one header alone may be chance.</summary>
    private static bool IsFollowed(Stream stream, Frame frame, bool isNeeded)
    {
        if (!isNeeded)
            return true;
        var here = stream.Position;
        stream.Position = here + frame.Length - HeaderBytes;
        Span<byte> next = stackalloc byte[HeaderBytes];
        var read = stream.ReadAtLeast(next, HeaderBytes, throwOnEndOfStream: false);
        stream.Position = here;
        return read == HeaderBytes && Parse(BinaryPrimitives.ReadUInt32BigEndian(next)) is { } following && following.SampleRate == frame.SampleRate && following.Version == frame.Version;
    }

    private static Frame? Parse(uint header)
    {
        var (version, layer, rate, sampling) = ((header >> 19) & 3, (header >> 17) & 3, (header >> 12) & 15, (header >> 10) & 3);
        if (header >> 21 != 0x7FF || version == 1 || layer != 1 || rate is 0 or 15 || sampling == 3)
            return null;
        var isFirst = version == 3;
        var sampleRate = SampleRates[sampling] >> (int)(version switch { 3 => 0, 2 => 1, _ => 2 });
        var bitRate = (isFirst ? FirstLayerThree : SecondLayerThree)[rate] * 1000;
        var length = ((isFirst ? 144 : 72) * bitRate / sampleRate) + (int)((header >> 9) & 1);
        var isMono = ((header >> 6) & 3) == 3;
        return new Frame(isFirst ? 1 : 2, sampleRate, length, isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17);
    }

    /// <summary>The frame that says how the others were encoded; null when the first is sound already.</summary>
    private static Encoded? ReadInfo(ReadOnlySpan<byte> frame, Frame kind)
    {
        if (frame.Length > 40 && frame[36..].StartsWith("VBRI"u8))
            return new Encoded(0, 0, 0);
        if (frame.Length < HeaderBytes + kind.SideInfo + 8)
            return null;
        var info = frame[(HeaderBytes + kind.SideInfo)..];
        if (!info.StartsWith("Xing"u8) && !info.StartsWith("Info"u8))
            return null;
        var fields = BinaryPrimitives.ReadInt32BigEndian(info[4..]);
        var at = 8;
        var frames = (fields & 1) != 0 && info.Length >= at + 4 ? BinaryPrimitives.ReadInt32BigEndian(info[at..]) : 0;
        at += ((fields & 1) != 0 ? 4 : 0) + ((fields & 2) != 0 ? 4 : 0) + ((fields & 4) != 0 ? 100 : 0) + ((fields & 8) != 0 ? 4 : 0);
        if (info.Length < at + 24 || !(info[at..].StartsWith("LAME"u8) || info[at..].StartsWith("Lavf"u8) || info[at..].StartsWith("Lavc"u8)))
            return new Encoded(frames, 0, 0);
        var both = (info[at + 21] << 16) | (info[at + 22] << 8) | info[at + 23];
        return new Encoded(frames, both >> 12, both & 0xFFF);
    }
}
