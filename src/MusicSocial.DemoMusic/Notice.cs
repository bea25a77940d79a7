using System.Globalization;
using System.Text;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic;

/// <summary>The library's NOTICE: tools, licences, and for each song why it is free.</summary>
internal static class Notice
{
    public static string Write(IReadOnlyList<Score> scores)
    {
        var text = new StringBuilder("""
            # NOTICE

            Every file in this folder is rendered by `MusicSocial.DemoMusic` from the scores in `songs/`. The scores, arrangements, translations,
            romanisations, covers and recordings are this project's own work and dedicated to the public domain:
            [CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/). The songs themselves are in the public domain for the reasons given below;
            no arrangement or translation of the 20th century was used.

            | made with | for | licence |
            |---|---|---|
            | FluidSynth | playing the instruments | LGPL-2.1 (the program; not part of this folder) |
            | FluidR3Mono GM (Frank Wen, Michael Cowgill, Ethan Winer and others) | the instruments' samples | MIT |
            | Festival, University of Edinburgh and Carnegie Mellon University | singing English words | X11-style (the program; not part of this folder) |
            | festvox-kallpc16k (Alan W Black, Kevin Lenzo, Carnegie Mellon University) | the singer's voice | X11-style, free for any use |
            | FFmpeg with libopus | room, mastering, Opus in WebM | LGPL/GPL (the program; not part of this folder) |
            | librsvg, libwebp | covers | LGPL-2.1, BSD (the programs; not part of this folder) |


            """);
        foreach (var score in scores.OrderBy(score => score.Title, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {score.Title}\n\n");
            foreach (var author in score.Authors)
                text.Append(CultureInfo.InvariantCulture, $"* {author.Role}: {author.Name} ({author.Years}). {author.PublicDomain}.\n");
            foreach (var source in score.Sources)
                text.Append(CultureInfo.InvariantCulture, $"* Source: {source}.\n");
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }
}
