using System.Runtime.CompilerServices;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic;

/// <summary>Where the scores and the rendered library lie: beside this source file, so that rendering changes what is committed.</summary>
internal static class SongShelf
{
    public const string Album = "MusicSocial Demo";

    public static string Songs => Path.Combine(Project(), "songs");

    public static string Library => Path.Combine(Project(), "library");

    public static IEnumerable<Performance> All() =>
        Directory.EnumerateFiles(Songs, "*.json").Order(StringComparer.Ordinal).Select(path => Arranger.Arrange(ScoreFile.Read(path)));

    /// <summary>A song by its score's file name (without <c>.json</c>) or its title.</summary>
    public static Performance Find(string name)
    {
        var path = Path.Combine(Songs, name + ".json");
        return File.Exists(path)
            ? Arranger.Arrange(ScoreFile.Read(path))
            : All().FirstOrDefault(song => song.Score.Title.Equals(name, StringComparison.OrdinalIgnoreCase))
              ?? throw new FormatException($"There is no song '{name}'. Scores: {string.Join(", ", Names())}.");
    }

    private static IEnumerable<string?> Names() =>
        Directory.EnumerateFiles(Songs, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

    private static string Project([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
