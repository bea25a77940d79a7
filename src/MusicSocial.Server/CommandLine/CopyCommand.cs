using MusicSocial.Server.Storage;
using MusicSocial.Server.Storage.Copying;

namespace MusicSocial.Server.CommandLine;

/// <summary><c>copy --from DATA_FOLDER --to CONNECTION_STRING</c>: an embedded hub moves to PostgreSQL, all of it or nothing.</summary>
internal static class CopyCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        var configuration = VerbServices.Configuration(settings);
        var from = new StorageOptions { Data = configuration["from"]! };
        if (!File.Exists(from.File))
            throw new CannotStartException($"{from.Folder} holds no hub's data. Nothing was copied.");
        try
        {
            var copied = await WorkProgress.ShowAsync(progress => DatabaseCopy.RunAsync(from, configuration["to"]!, progress));
            foreach (var (table, rows) in copied)
                Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{table,-24}{rows,14:N0}"));
            Console.WriteLine("Every row is there. Start the nodes with --postgres, and with --music as before.");
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.Data.Common.DbException or IOException)
        {
            throw new CannotStartException($"{exception.Message} Nothing was copied.");
        }
    }
}
