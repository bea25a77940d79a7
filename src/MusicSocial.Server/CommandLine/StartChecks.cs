using MusicSocial.Server.Catalog;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary>What must be right before a hub starts; each check throws <see cref="CannotStartException"/> with the line the operator is shown.</summary>
internal static class StartChecks
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The data folder exists, or can be made, files can be written there, and other users of the machine cannot look into it: it holds keys and chats.</summary>
    public static void DataFolder(StorageOptions storage)
    {
        try
        {
            Directory.CreateDirectory(storage.Folder);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(storage.Folder) is var mode && (mode & Others) != UnixFileMode.None)
                File.SetUnixFileMode(storage.Folder, mode & ~Others);
            var probe = Path.Combine(storage.Folder, $".writable-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"The data folder {storage.Folder} cannot be written by user {Environment.UserName}: {exception.Message} Choose another with --data, or chown it.");
        }
    }

    /// <summary>Every configured music folder exists and can be listed.</summary>
    public static void MusicFolders(MusicFolders folders)
    {
        foreach (var (_, folder) in folders.All)
        {
            if (!Directory.Exists(folder))
                throw new CannotStartException($"The music folder {folder} does not exist. Mount or create it, or choose others with --music.");
            try
            {
                using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
                entries.MoveNext();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CannotStartException($"The music folder {folder} cannot be listed by user {Environment.UserName}: {exception.Message}");
            }
        }
    }
}
