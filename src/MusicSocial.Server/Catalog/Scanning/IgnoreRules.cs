using System.IO.Enumeration;

namespace MusicSocial.Server.Catalog.Scanning;

/// <summary>
/// What is left out of the catalog: a folder with <c>.nomedia</c>, or with an empty <c>.ndignore</c> or <c>.ignore</c>, is left out with all in it; lines in
/// the latter two name files and folders, as in <c>.gitignore</c> (<c>*</c>, <c>?</c>, <c>**</c>, <c>/</c> at the beginning or the end, <c>!</c>, <c>#</c>).
/// </summary>
internal sealed class IgnoreRules
{
    private const string Nothing = ".nomedia";
    private const long MaxBytes = 64 * 1024;

    private static readonly string[] Lists = [".ndignore", ".ignore"];

    private readonly IReadOnlyList<Rule> _rules;

    private IgnoreRules(IReadOnlyList<Rule> rules) => _rules = rules;

    public static IgnoreRules None { get; } = new([]);

    /// <summary>The rules within a folder: those from above and its own; null when the whole folder is left out.</summary>
    public IgnoreRules? Within(IReadOnlyCollection<FileSystemInfo> entries)
    {
        var rules = _rules;
        foreach (var file in entries.OfType<FileInfo>().Where(file => file.Name.StartsWith('.')))
        {
            if (file.Name.Equals(Nothing, StringComparison.OrdinalIgnoreCase))
                return null;
            if (!Lists.Contains(file.Name, StringComparer.OrdinalIgnoreCase) || file.Length > MaxBytes)
                continue;
            var own = File.ReadLines(file.FullName).Select(line => Rule.Parse(line, file.DirectoryName!)).OfType<Rule>().ToList();
            if (own.Count == 0)
                return null;
            rules = [.. rules, .. own];
        }

        return rules == _rules ? this : new IgnoreRules(rules);
    }

    /// <summary>Whether a file or folder is left out: the last line that names it decides.</summary>
    public bool LeavesOut(FileSystemInfo entry)
    {
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            if (_rules[i].Names(entry))
                return !_rules[i].TakesBack;
        }

        return false;
    }

    private sealed record Rule(string Folder, string[] Segments, bool FromHere, bool FoldersOnly, bool TakesBack)
    {
        public static Rule? Parse(string line, string folder)
        {
            var pattern = line.Trim();
            if (pattern.Length == 0 || pattern[0] == '#')
                return null;
            var takesBack = pattern[0] == '!';
            pattern = pattern[(takesBack ? 1 : 0)..];
            var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return segments.Length == 0 ? null : new Rule(folder, segments, pattern[..^1].Contains('/', StringComparison.Ordinal), pattern.EndsWith('/'), takesBack);
        }

        public bool Names(FileSystemInfo entry)
        {
            if (FoldersOnly && entry is not DirectoryInfo)
                return false;
            if (!FromHere)
                return FileSystemName.MatchesSimpleExpression(Segments[0], entry.Name);
            var relative = Path.GetRelativePath(Folder, entry.FullName).Split(Path.DirectorySeparatorChar);
            return Match(Segments, relative);
        }

        private static bool Match(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
        {
            if (pattern.IsEmpty || path.IsEmpty)
                return pattern.IsEmpty && path.IsEmpty;
            if (pattern[0] == "**")
                return Match(pattern[1..], path) || Match(pattern, path[1..]);
            return FileSystemName.MatchesSimpleExpression(pattern[0], path[0]) && Match(pattern[1..], path[1..]);
        }
    }
}
