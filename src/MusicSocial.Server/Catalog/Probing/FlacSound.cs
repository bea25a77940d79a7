using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MusicSocial.Server.Catalog.Probing;

/// <summary>The sound of a FLAC file: what follows its metadata blocks. Its length is in the first block, unless it was written to a pipe.</summary>
/// <remarks>RFC 9639, section 8.</remarks>
internal static class FlacSound
{
    private const int OldTagBytes = 128;

    /// <summary>Null when it is no FLAC.</summary>
    public static async Task<Sound?> ReadAsync(string fullPath, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 4096, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var head = new byte[4];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length || !head.AsSpan().SequenceEqual("fLaC"u8))
            return null;
        TimeSpan? duration = null;
        for (var isLast = false; !isLast;)
        {
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length)
                return null;
            isLast = (head[0] & 0x80) != 0;
            var next = stream.Position + (BinaryPrimitives.ReadUInt32BigEndian(head) & 0xFFFFFF);
            if ((head[0] & 0x7F) == 0)
                duration = await ReadLengthAsync(stream, cancellationToken);
            stream.Position = Math.Min(next, stream.Length);
        }

        return new Sound(duration, await HashAsync(stream, cancellationToken));
    }

    private static async Task<TimeSpan?> ReadLengthAsync(FileStream stream, CancellationToken cancellationToken)
    {
        var info = new byte[18];
        if (await stream.ReadAtLeastAsync(info, info.Length, throwOnEndOfStream: false, cancellationToken) < info.Length)
            return null;
        var packed = BinaryPrimitives.ReadUInt64BigEndian(info.AsSpan(10));
        var (rate, samples) = (packed >> 44, packed & 0xF_FFFF_FFFF);
        return rate == 0 || samples == 0 ? null : TimeSpan.FromSeconds(samples / (double)rate);
    }

    private static async Task<string?> HashAsync(FileStream stream, CancellationToken cancellationToken)
    {
        var start = stream.Position;
        var end = stream.Length;
        var buffer = new byte[64 * 1024];
        if (end - start > OldTagBytes)
        {
            stream.Position = end - OldTagBytes;
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 3), cancellationToken);
            end -= buffer.AsSpan(0, 3).SequenceEqual("TAG"u8) ? OldTagBytes : 0;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        stream.Position = start;
        for (var left = end - start; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                return null;
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        return end > start ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }
}
