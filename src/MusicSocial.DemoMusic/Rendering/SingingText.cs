using System.Globalization;
using System.Security;
using System.Text;
using MusicSocial.DemoMusic.Performances;
using MusicSocial.DemoMusic.Scores;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>
/// A line in Festival's singing mark-up. Lengths are given in seconds and pitches in hertz, because its beats run at 50 instead of 60 to the
/// minute and its octaves count from elsewhere. Long notes get a vibrato, drawn as a slur between two pitches.
/// </summary>
internal static class SingingText
{
    /// <summary>Silence before the first word: a consonant begins before its beat.</summary>
    public const double LeadSeconds = 0.5;

    private const double VibratoFrom = 0.34;
    private const double VibratoDelay = 0.2;
    private const double HalfVibrato = 0.088;
    private const double VibratoSemitones = 0.22;
    private const double MinimumRest = 0.02;

    /// <summary>How long before its perceived beginning a consonant must start (seconds), from the table in Festival's singing-mode.scm.</summary>
    private static readonly Dictionary<char, double> Onsets = new()
    {
        ['t'] = 0.05,
        ['d'] = 0.09,
        ['p'] = 0.08,
        ['b'] = 0.08,
        ['k'] = 0.09,
        ['c'] = 0.09,
        ['g'] = 0.1,
        ['r'] = 0.05,
        ['l'] = 0.03,
        ['f'] = 0.05,
        ['v'] = 0.05,
        ['s'] = 0.04,
        ['z'] = 0.04,
        ['n'] = 0.04,
        ['m'] = 0.04,
        ['w'] = 0.05,
        ['h'] = 0.05,
        ['y'] = 0.04,
    };

    public static string Write(Performance performance, SungLine line, Singer singer)
    {
        var text = new StringBuilder();
        text.Append("<?xml version=\"1.0\"?>\n<!DOCTYPE SINGING PUBLIC \"-//SINGING//DTD SINGING mark up//EN\" \"Singing.v0_1.dtd\" []>\n<SINGING BPM=\"50\">\n");
        var onset = Onsets.GetValueOrDefault(char.ToLowerInvariant(Spoken(performance.Score, line.Words[0].Text)[0]));
        Rest(text, (LeadSeconds - onset) * singer.Throat);
        for (var i = 0; i < line.Words.Count; i++)
        {
            Word(text, performance, line.Words[i], singer, i == 0 ? onset : 0);
            if (i + 1 < line.Words.Count && Gap(performance, line.Words[i], line.Words[i + 1]) is > MinimumRest and var gap)
                Rest(text, gap * singer.Throat);
        }
        return text.Append("</SINGING>\n").ToString();
    }

    /// <summary>The word as the voice shall read it: without punctuation, respelled where the score says so.</summary>
    public static string Spoken(Score score, string written)
    {
        var word = new string([.. written.Replace('’', '\'').Where(letter => char.IsLetter(letter) || letter == '\'')]).ToLowerInvariant();
        return score.Say.GetValueOrDefault(word, word);
    }

    private static void Word(StringBuilder text, Performance performance, SungWord word, Singer singer, double longer)
    {
        var syllables = word.Syllables.Select((syllable, i) => Steps(performance, syllable, NextTick(word, i), singer, i == 0 ? longer : 0)).ToArray();
        var pitches = string.Join(',', syllables.Select(steps => string.Join('+', steps.Select(step => Number(step.Hertz)))));
        var lengths = string.Join(',', syllables.Select(steps => string.Join('+', steps.Select(step => Number(step.Seconds)))));
        var spoken = SecurityElement.Escape(Spoken(performance.Score, word.Text)).Replace("&apos;", "'");
        text.Append(CultureInfo.InvariantCulture, $"<PITCH FREQ=\"{pitches}\"><DURATION SECONDS=\"{lengths}\">{spoken}</DURATION></PITCH>\n");
    }

    private static List<(double Hertz, double Seconds)> Steps(Performance performance, SungSyllable syllable, long? nextTick, Singer singer, double longer)
    {
        var steps = new List<(double Hertz, double Seconds)>();
        for (var i = 0; i < syllable.Notes.Count; i++)
        {
            var note = syllable.Notes[i];
            var end = i + 1 < syllable.Notes.Count ? syllable.Notes[i + 1].Tick : nextTick ?? note.EndTick;
            var seconds = (performance.Tempo.TimeAt(end) - performance.Tempo.TimeAt(note.Tick)).TotalSeconds + (i == 0 ? longer : 0);
            Note(steps, note.Key + singer.Transpose, seconds, singer.Throat);
        }
        return steps;
    }

    private static void Note(List<(double Hertz, double Seconds)> steps, int key, double seconds, double throat)
    {
        void Step(double bend, double length) => steps.Add((Pitch.Hertz(key + bend) / throat, length * throat));

        if (seconds < VibratoFrom)
        {
            Step(0, seconds);
            return;
        }
        Step(0, VibratoDelay);
        var halves = Math.Max(1, (int)Math.Round((seconds - VibratoDelay) / HalfVibrato));
        for (var i = 0; i < halves; i++)
        {
            var depth = VibratoSemitones * Math.Min(1, (i + 1) / 4.0);
            Step(i % 2 == 0 ? depth : -depth, (seconds - VibratoDelay) / halves);
        }
    }

    private static long? NextTick(SungWord word, int syllable) => syllable + 1 < word.Syllables.Count ? word.Syllables[syllable + 1].Tick : null;

    private static double Gap(Performance performance, SungWord word, SungWord next) =>
        (performance.Tempo.TimeAt(next.Tick) - performance.Tempo.TimeAt(word.EndTick)).TotalSeconds;

    private static void Rest(StringBuilder text, double seconds) =>
        text.Append(CultureInfo.InvariantCulture, $"<REST SECONDS=\"{Number(seconds)}\"></REST>\n");

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
