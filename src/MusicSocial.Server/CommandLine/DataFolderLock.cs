using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary>
/// One process at a time works on an embedded hub's data folder: its caches would not see what another one writes. An advisory lock of the operating
/// system, so it ends with the process, whatever ends it.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder; throws <see cref="CannotStartException"/> when another process has it.</summary>
    public static DataFolderLock Take(StorageOptions storage)
    {
        StartChecks.DataFolder(storage);
        try
        {
            return new(new FileStream(Path.Combine(storage.Folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new CannotStartException($"Another hub runs on {storage.Folder}. Stop it first, or choose another folder with --data.");
        }
    }

    public void Dispose() => _file.Dispose();
}
