using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>Identity of a file's content: SHA-256 of its size and of three windows (head, middle, tail), so that large files cost no more than small ones.</summary>
internal static class Fingerprint
{
    private const int WindowBytes = 64 * 1024;
    private const int IdLength = 20;

    public static async Task<string> OfAsync(string fullPath, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[WindowBytes];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, stream.Length);
        hash.AppendData(buffer.AsSpan(0, sizeof(long)));
        foreach (var start in Windows(stream.Length))
        {
            stream.Position = start;
            var read = await stream.ReadAtLeastAsync(buffer, WindowBytes, throwOnEndOfStream: false, cancellationToken);
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same for a text.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The id a track gets when this content is seen for the first time: the same on every node and in a rebuilt database.</summary>
    public static string ToTrackId(string fingerprint) => fingerprint[..IdLength];

    private static IEnumerable<long> Windows(long length) =>
        new[] { 0, (length - WindowBytes) / 2, length - WindowBytes }.Select(start => Math.Max(0, start)).Distinct();
}
