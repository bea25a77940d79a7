using Xunit.Abstractions;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Small files and small methods, for C# and TypeScript alike; offenders are printed with their size.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int LongestFile = 400;
    private const int NinetiethPercentile = 200;
    private const int LongestMethod = 60;

    /// <summary>Written by a test from the server's records: as long as there are records.</summary>
    private const string Generated = "src/MusicSocial.Web/src/wire/records.ts";

    private static readonly string[] Banished = ["Models", "Services", "Interfaces", "Helpers", "Utils", "Common"];

    [Fact]
    public void No_file_is_long_and_most_are_short()
    {
        var sizes = SourceTree.Files("src", ".cs", ".ts", ".tsx", ".css")
            .Select(file => (File: SourceTree.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.File != Generated)
            .OrderBy(file => file.Lines)
            .ToList();
        output.WriteLine($"{sizes.Count} files; median {sizes[sizes.Count / 2].Lines}, p90 {sizes[sizes.Count * 9 / 10].Lines}, longest {sizes[^1]}");

        Assert.DoesNotContain(sizes, file => file.Lines > LongestFile);
        Assert.True(sizes[sizes.Count * 9 / 10].Lines <= NinetiethPercentile);
    }

    [Fact]
    public void No_method_is_long()
    {
        var offences =
            from file in SourceTree.Files("src", ".cs")
            from block in CodeBlocks.Of(file)
            where block.Length > LongestMethod
            select $"{SourceTree.Relative(file)}:{block.Line} {block.Length} lines";

        Assert.Empty(offences);
    }

    [Fact]
    public void No_folder_is_named_for_a_pattern()
    {
        var folders = SourceTree.Files("src", ".cs", ".ts", ".tsx")
            .SelectMany(file => SourceTree.Relative(file).Split('/')[..^1])
            .Distinct(StringComparer.OrdinalIgnoreCase);

        Assert.Empty(folders.Intersect(Banished, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Three lines a slice, and what starts the hub.</summary>
    [Fact]
    public void The_composition_root_is_a_table_of_contents()
    {
        var slices = Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/MusicSocial.Server")).Count(folder => char.IsAsciiLetterUpper(Path.GetFileName(folder)[0]));

        Assert.InRange(File.ReadLines(Path.Combine(SourceTree.Root, "src/MusicSocial.Server/Program.cs")).Count(), 1, 20 + (3 * slices));
    }
}
