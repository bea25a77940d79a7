using System.ComponentModel;
using System.Diagnostics;

namespace MusicSocial.Load.References;

/// <summary>The server in C, compiled when it is needed.</summary>
internal static class BareServer
{
    /// <summary>Compiles it; returns the program.</summary>
    /// <exception cref="InvalidOperationException">There is no compiler, or it does not like the source.</exception>
    public static string Compile()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "References", "bare.c");
        var program = Path.Combine(AppContext.BaseDirectory, "bare");
        try
        {
            using var compiler = Process.Start("gcc", ["-O2", "-Wall", "-D_GNU_SOURCE", "-o", program, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : throw new InvalidOperationException($"{source} does not compile.");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("The reference in C needs a compiler: apt-get install -y gcc libc6-dev", missing);
        }
    }
}
