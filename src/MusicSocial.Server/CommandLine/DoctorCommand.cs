using Spectre.Console;

namespace MusicSocial.Server.CommandLine;

/// <summary><c>doctor</c>: examines this machine and the settings, and says what to do. Exit code 1 when the hub could not start or serve.</summary>
internal static class DoctorCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        var worst = Health.Fine;
        await foreach (var finding in Examination.RunAsync(VerbServices.Configuration(settings)))
        {
            worst = (Health)Math.Max((int)worst, (int)finding.Health);
            Show(finding);
        }

        Console.WriteLine(worst switch
        {
            Health.Fine => "Everything is fine.",
            Health.Lacking => "The hub works; the lines marked ! say what it lacks.",
            _ => "The hub does not work like this; see the lines marked x.",
        });
        return worst == Health.Broken ? 1 : 0;
    }

    private static void Show(Finding finding)
    {
        var (mark, colour) = finding.Health switch
        {
            Health.Fine => ("ok", "green"),
            Health.Lacking => ("!", "yellow"),
            _ => ("x", "red"),
        };
        if (Console.IsOutputRedirected)
            Console.WriteLine($"{mark,-3}{finding.Subject}: {finding.Text}");
        else
            AnsiConsole.MarkupLineInterpolated($"[{colour}]{mark,-3}[/][bold]{finding.Subject}[/]: {finding.Text}");
    }
}

/// <summary>How good what was found is: fine, lacking (the hub works without), or broken (it does not).</summary>
internal enum Health
{
    Fine,
    Lacking,
    Broken,
}

/// <summary>One thing that was examined.</summary>
/// <param name="Subject">What it is, e.g. "Data folder".</param>
/// <param name="Health">How good it is.</param>
/// <param name="Text">What was found and, unless fine, what to do about it.</param>
internal sealed record Finding(string Subject, Health Health, string Text);
