namespace MusicSocial.DemoMusic.Rendering;

/// <summary>The programs and data a rendering needs, and the Debian packages that bring them.</summary>
internal static class AudioTools
{
    public const string Soundfont = "/usr/share/sounds/sf3/FluidR3Mono_GM.sf3";
    private const string Voice = "/usr/share/festival/voices/english/kal_diphone";

    private static readonly (string Program, string Package)[] Programs =
    [
        ("fluidsynth", "fluidsynth"), ("text2wave", "festival"), ("festival", "festival"), ("ffmpeg", "ffmpeg"),
        ("ffprobe", "ffmpeg"), ("rsvg-convert", "librsvg2-bin"), ("cwebp", "webp"),
    ];

    /// <summary>What is missing on this machine, as a sentence that says how to get it; null when nothing is.</summary>
    public static string? Missing() => Missing(OnPath, path => File.Exists(path) || Directory.Exists(path));

    internal static string? Missing(Func<string, bool> hasProgram, Func<string, bool> hasData)
    {
        var missing = Programs.Where(tool => !hasProgram(tool.Program)).ToList();
        if (!hasData(Soundfont))
            missing.Add((Soundfont, "fluidr3mono-gm-soundfont"));
        if (!hasData(Voice))
            missing.Add((Voice, "festvox-kallpc16k"));
        return missing.Count == 0
            ? null
            : $"Missing: {string.Join(", ", missing.Select(tool => tool.Program))}.\n"
              + $"Install with: apt-get install --no-install-recommends {string.Join(' ', missing.Select(tool => tool.Package).Distinct())}";
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
