namespace MusicSocial.Server.Catalog;

/// <summary>Paths with their symbolic links resolved, as realpath(3) does.</summary>
internal static class RealPath
{
    /// <summary>As many as the kernel follows.</summary>
    private const int MaxLinks = 40;

    /// <summary>The path with every link in it resolved; what does not exist stays as it is, and links in a circle lead to the root.</summary>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether a resolved path is a resolved folder or lies in it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path, ref int links)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            // LinkTarget is null for what is no link and for what is not there.
            real = new FileInfo(next).LinkTarget is not { } target ? next
                : ++links <= MaxLinks ? Resolve(Path.GetFullPath(target, real), ref links)
                : root;
        }

        return real;
    }
}
