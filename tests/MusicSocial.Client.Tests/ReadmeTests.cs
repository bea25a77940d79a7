using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MusicSocial.Client.Tests;

public sealed partial class ReadmeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public void The_sample_of_the_readme_is_the_one_that_is_compiled()
    {
        var here = Path.GetDirectoryName(ThisFile())!;
        var readme = File.ReadAllText(Path.Combine(here, "../../src/MusicSocial.Client/README.md"));
        var source = File.ReadAllText(Path.Combine(here, "Sample.cs"));

        var shown = CodeBlock().Match(readme).Groups["code"].Value;
        var compiled = Marked().Match(source).Groups["code"].Value;

        Assert.Equal(Plain(compiled), Plain(shown));
    }

    [Fact]
    public async Task The_sample_does_what_it_says()
    {
        await using var somebody = await TestHub.GuestAsync(fixture.Hub.Address);
        var song = await somebody.FirstTrackAsync();
        var console = new StringWriter();

        await Sample.RunAsync([fixture.Hub.Address], console, CancellationToken.None);

        Assert.Matches($"{Regex.Escape(song.Title)} is at 00:00:.*\n.* comments so far\nWhat a bass line!", console.ToString());
    }

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("// README: from here\n(?<code>.*?)// README: to here", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Marked();
}
