using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// When a file was last changed in any way, its name and permissions included (<c>ctime</c>): a tagger can set the time of writing back, but not this one.
/// The framework does not give it.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man2/statx.2.html: the structure is the same on every architecture.</remarks>
internal static class FileChangeTime
{
    private const int CurrentFolder = -100;
    private const uint ChangeTime = 0x80;
    private const int StructureBytes = 256;
    private const int ChangeTimeAt = 96;

    /// <summary>Unix milliseconds; 0 where the system does not say.</summary>
    public static long Of(string fullPath)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            var answer = new byte[StructureBytes];
            if (Statx(CurrentFolder, Encoding.UTF8.GetBytes($"{fullPath}\0"), 0, ChangeTime, answer) != 0)
                return 0;
            var seconds = BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(ChangeTimeAt));
            return (seconds * 1000) + (BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(ChangeTimeAt + 8)) / 1_000_000);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, [Out] byte[] answer);
}
