using System.Text.RegularExpressions;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>The body of one member: where it starts, how long it is, how much it does.</summary>
internal sealed record CodeBlock(int Line, int Length, int Statements);

/// <summary>Finds member bodies by their indentation, which the formatter guarantees.</summary>
internal static partial class CodeBlocks
{
    public static IEnumerable<CodeBlock> Of(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var start = 1; start < lines.Length; start++)
        {
            var indent = BodyStart().Match(lines[start]);
            if (!indent.Success || TypeHead().IsMatch(lines[start - 1]))
                continue;
            var end = Array.FindIndex(lines, start, line => line.StartsWith(indent.Groups[1].Value + "}", StringComparison.Ordinal));
            var body = lines[(start + 1)..end];
            yield return new CodeBlock(start, body.Length, body.Count(line => line.EndsWith(';')));
        }
    }

    [GeneratedRegex("^(    |        )\\{$")]
    private static partial Regex BodyStart();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|namespace|if|else|for|foreach|while|switch|try|catch|finally|lock|using|return|=>|=)\b|=>\s*$|=\s*$|\($|,$|\belse\b")]
    private static partial Regex TypeHead();
}
