using System.Runtime.CompilerServices;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>The repository's own source files, as the architecture tests read them.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["obj", "bin", "node_modules", "dist", "wwwroot"];

    public static string Root { get; } = FindRoot();

    /// <summary>Source files below a folder of the repository, by ending, without build output.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Where(file => !Relative(file).Split('/').Intersect(NotOurs).Any());

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = Path.GetDirectoryName(thisFile)!;
        while (!File.Exists(Path.Combine(folder, "MusicSocial.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
