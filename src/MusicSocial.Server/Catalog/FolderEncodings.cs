using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Catalog;

/// <summary>The encodings of folders whose tags and lyric files are older than Unicode, where the owner of the hub names them.</summary>
internal sealed class FolderEncodings(IOptions<CatalogOptions> options)
{
    private readonly (string Folder, string Encoding)[] _byFolder = Parse(options.Value.Encodings).OrderByDescending(entry => entry.Folder.Length).ToArray();

    /// <summary>The encoding of a stored path's folder, the nearest above it; null when it is left to what the bytes look like.</summary>
    public string? Of(string path) => _byFolder.FirstOrDefault(entry => path.StartsWith(entry.Folder, StringComparison.Ordinal)).Encoding;

    /// <summary>Whether a setting can be understood: every part names a folder and an encoding that exists.</summary>
    public static bool IsValid(string setting) =>
        setting.Split(';', StringSplitOptions.RemoveEmptyEntries).All(part => part.Contains('=', StringComparison.Ordinal)) &&
        Parse(setting).All(entry => System.Text.CodePagesEncodingProvider.Instance.GetEncoding(entry.Encoding) is not null || IsKnown(entry.Encoding));

    private static IEnumerable<(string Folder, string Encoding)> Parse(string setting) =>
        from part in setting.Split(';', StringSplitOptions.RemoveEmptyEntries)
        let at = part.LastIndexOf('=')
        where at > 0
        select (Folder: $"{part[..at].Trim().TrimEnd('/')}/", Encoding: part[(at + 1)..].Trim());

    private static bool IsKnown(string name) => System.Text.Encoding.GetEncodings().Any(encoding => encoding.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
