using System.Globalization;
using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>
/// Asks the voice's dictionary how many syllables it hears in each word. A word it counts otherwise than the score would be sung on the wrong
/// notes without any complaint.
/// </summary>
internal static class SpellingCheck
{
    public static async Task RunAsync(Performance performance, IEnumerable<SungLine> lines, string folder, CancellationToken cancellationToken)
    {
        var written = lines.SelectMany(line => line.Words)
            .Select(word => (Spoken: SingingText.Spoken(performance.Score, word.Text), Syllables: word.Syllables.Count))
            .Distinct()
            .ToArray();
        var script = Path.Combine(folder, "syllables.scm");
        var questions = written.Select(word => $"(format t \"%d\\n\" (length (car (cddr (lex.lookup \"{word.Spoken}\" nil)))))");
        await File.WriteAllLinesAsync(script, ["(voice_kal_diphone)", .. questions], cancellationToken);
        var answers = (await Command.RunAsync("festival", ["--batch", script], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var wrong = written.Zip(answers, (word, answer) => (word.Spoken, word.Syllables, Heard: int.Parse(answer, CultureInfo.InvariantCulture)))
            .Where(word => word.Syllables != word.Heard)
            .Select(word => $"'{word.Spoken}' has {word.Syllables} syllables in the score, {word.Heard} in the dictionary")
            .ToArray();
        if (wrong.Length > 0)
            throw new FormatException($"{performance.Score.Title}: {string.Join("; ", wrong)}. Respell them under \"say\".");
    }
}
