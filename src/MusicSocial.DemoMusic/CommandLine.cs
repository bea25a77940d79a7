using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Rendering;

namespace MusicSocial.DemoMusic;

/// <summary>What a user can ask of the tool.</summary>
internal static class CommandLine
{
    private const string Usage = """
        usage: MusicSocial.DemoMusic render [song...]   renders the named songs (a score's file name or title), or all
               MusicSocial.DemoMusic list               lists the scores with their lengths
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        switch (arguments)
        {
            case ["list"]:
                return await TryAsync(() => ListAsync(output), errors);
            case ["render", .. var wanted]:
                return await TryAsync(() => RenderAsync(wanted, output, cancellationToken), errors);
            default:
                await errors.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> TryAsync(Func<Task> work, TextWriter errors)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or IOException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task ListAsync(TextWriter output)
    {
        foreach (var performance in SongShelf.All())
            await output.WriteLineAsync(Describe(performance));
    }

    private static async Task RenderAsync(string[] wanted, TextWriter output, CancellationToken cancellationToken)
    {
        if (AudioTools.Missing() is { } missing)
            throw new InvalidOperationException(missing);
        IReadOnlyList<Performance> songs = wanted.Length == 0 ? [.. SongShelf.All()] : [.. wanted.Select(SongShelf.Find)];
        foreach (var song in songs)
        {
            var loudness = await SongRenderer.RenderAsync(song, SongShelf.Library, cancellationToken);
            await output.WriteLineAsync($"{Describe(song)}  {loudness.Lufs:0.0} LUFS  {loudness.TruePeak:0.0} dBTP");
        }
        var notice = Notice.Write([.. SongShelf.All().Select(song => song.Score)]);
        await File.WriteAllTextAsync(Path.Combine(SongShelf.Library, "NOTICE.md"), notice, cancellationToken);
    }

    private static string Describe(Performance performance) =>
        $"{performance.Score.Title,-32} {performance.Tempo.TimeAt(performance.EndTick):m\\:ss}  "
        + $"{performance.Notes.Count,5} notes  {performance.Lines.Count,3} lines";
}
