using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace MusicSocial.Server.Storage;

/// <summary>Binds the SQLite driver to the operating system's patched library instead of one bundled years ago.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    public static void Use() => _ = Loaded.Value;

    private static bool Load()
    {
        var provider = new SQLite3Provider_e_sqlite3();
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(provider);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
            return 0;
        foreach (var candidate in new[] { "libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3" })
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        throw new DllNotFoundException("The system library libsqlite3 is missing; on Debian: apt-get install libsqlite3-0");
    }
}
