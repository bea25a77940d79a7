using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using MusicSocial.Lyrics.Encodings;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>A music file whose name is not in UTF-8.</summary>
/// <param name="Path">Stored path, with the name as it was probably meant.</param>
/// <param name="FullPath">A link to it, under a name that can be opened.</param>
/// <param name="SizeBytes">Of the file.</param>
/// <param name="ModifiedMs">Last write of the file, Unix milliseconds.</param>
internal sealed record OddFile(string Path, string FullPath, long SizeBytes, long ModifiedMs);

/// <summary>
/// Makes files of old disks heard whose names are not in UTF-8: the framework cannot name them, so each gets a link in the data folder. Linux only; links among
/// them are not followed.
/// </summary>
internal sealed class OddNames(IOptions<StorageOptions> storage)
{
    private const byte RegularFile = 8;
    private const int TypeAt = 18;
    private const int NameAt = 19;
    private const int LongestPath = 4096;

    /// <summary>The music of such names in a folder.</summary>
    public IReadOnlyList<OddFile> In(string folder, string path)
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var found = new List<OddFile>();
        foreach (var name in RawNames(folder))
        {
            var readable = EncodingDetector.Detect(name).Encoding.GetString(name).Replace('/', '_');
            if (AudioFormats.ContentTypeOf(readable) is null)
                continue;
            var alias = AliasAt(path + readable);
            byte[] target = [.. Encoding.UTF8.GetBytes($"{folder}/"), .. name, 0];
            if (RealPathOf(alias) is not { } real || real != RealPathOf(target))
                Link(target, alias);
            using var file = File.OpenHandle(alias);
            found.Add(new OddFile(path + readable, alias, RandomAccess.GetLength(file), new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeMilliseconds()));
        }

        return found;
    }

    /// <summary>The link to the file with this stored path, and what it leads to; null when there is none.</summary>
    public (string Alias, string RealPath)? Find(string path) =>
        OperatingSystem.IsLinux() && AliasAt(path) is var alias && new FileInfo(alias).LinkTarget is not null && RealPathOf(alias) is { } real ? (alias, real) : null;

    /// <summary>A path as <see cref="Find"/> writes what a link leads to: byte by byte.</summary>
    public static string Raw(string path) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path));

    private string AliasAt(string path) => Path.Combine(storage.Value.Folder, "names", Fingerprint.Of(path)[..32] + Path.GetExtension(path));

    private static void Link(byte[] target, string alias)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(alias)!);
        File.Delete(alias);
        if (Symlink(target, Terminated(alias)) != 0)
            throw new IOException($"no link can be made in {Path.GetDirectoryName(alias)}");
    }

    private static List<byte[]> RawNames(string folder)
    {
        var names = new List<byte[]>();
        var directory = OpenDir(Terminated(folder));
        if (directory == IntPtr.Zero)
            return names;
        for (var entry = ReadDir(directory); entry != IntPtr.Zero; entry = ReadDir(directory))
        {
            var name = new List<byte>();
            for (var at = NameAt; Marshal.ReadByte(entry, at) is not 0 and var value; at++)
                name.Add(value);
            if (Marshal.ReadByte(entry, TypeAt) == RegularFile && !Utf8.IsValid(name.ToArray()))
                names.Add([.. name]);
        }

        _ = CloseDir(directory);
        return names;
    }

    private static string? RealPathOf(string path) => RealPathOf(Terminated(path));

    private static string? RealPathOf(byte[] path)
    {
        var real = new byte[LongestPath];
        return ReadRealPath(path, real) == IntPtr.Zero ? null : Encoding.Latin1.GetString(real, 0, Array.IndexOf(real, (byte)0));
    }

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes($"{path}\0");

    [DllImport("libc", EntryPoint = "opendir", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr OpenDir(byte[] path);

    [DllImport("libc", EntryPoint = "readdir", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ReadDir(IntPtr directory);

    [DllImport("libc", EntryPoint = "closedir", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseDir(IntPtr directory);

    [DllImport("libc", EntryPoint = "symlink", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Symlink(byte[] target, byte[] link);

    [DllImport("libc", EntryPoint = "realpath", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ReadRealPath(byte[] path, [Out] byte[] resolved);
}
