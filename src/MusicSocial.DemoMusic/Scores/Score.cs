namespace MusicSocial.DemoMusic.Scores;

/// <summary>A song as its JSON file says it: the only source of its audio, lyrics, cover and tags.</summary>
internal sealed record Score
{
    public required string Title { get; init; }
    public required string Artist { get; init; }
    public required string Date { get; init; }

    /// <summary>BCP 47 tag of the sung words; absent for an instrumental.</summary>
    public string? Language { get; init; }

    /// <summary>BCP 47 tag of the lines' own translations.</summary>
    public string TranslationLanguage { get; init; } = "en";

    public required IReadOnlyList<Author> Authors { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Which sidecar is written: <c>ttml</c>, <c>elrc</c>, <c>lrc</c>, <c>vtt</c>, or nothing.</summary>
    public string? Sidecar { get; init; }

    /// <summary>Length of a bar in quarter notes (6/8 is 3).</summary>
    public required double BarBeats { get; init; }

    /// <summary>Seeds everything that looks or sounds like chance: velocities, touch, the cover.</summary>
    public required int Seed { get; init; }

    public required CoverDesign Cover { get; init; }
    public required Room Room { get; init; }
    public required IReadOnlyDictionary<string, Part> Parts { get; init; }
    public IReadOnlyDictionary<string, string> Agents { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tunes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyDictionary<string, string> Chords { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Patterns { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, IReadOnlyList<VerseLine>> Verses { get; init; } = new Dictionary<string, IReadOnlyList<VerseLine>>();

    /// <summary>How the voice should read a written word, where its dictionary would not know.</summary>
    public IReadOnlyDictionary<string, string> Say { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyList<Section> Sections { get; init; }
}

/// <summary>Who wrote what, and why it is free to use.</summary>
internal sealed record Author(string Name, string Role, string Years, string PublicDomain);

/// <summary>The colours (dark to light) and the layers of vector art, painted back to front.</summary>
internal sealed record CoverDesign(IReadOnlyList<string> Palette, IReadOnlyList<string> Layers);

/// <summary>The reverberant room around the ensemble: decay to -60 dB in seconds, level of the reverberation (1 = as loud as the dry sound).</summary>
internal sealed record Room(double Seconds, double Wet);

/// <summary>One instrument or singer.</summary>
internal sealed record Part
{
    /// <summary>General MIDI program, 0-127.</summary>
    public int Program { get; init; }

    /// <summary>Channel volume, 0-127.</summary>
    public int Volume { get; init; } = 96;

    /// <summary>-1 is left, 1 is right.</summary>
    public double Pan { get; init; }

    /// <summary>Plays General MIDI percussion; patterns then name percussion keys.</summary>
    public bool Drums { get; init; }

    /// <summary>Sings the words with the voice synthesizer instead of playing.</summary>
    public Singer? Sings { get; init; }
}

/// <summary>
/// A sung part: throat (1 = the synthesizer's own, higher is smaller and brighter), shift in semitones, gain, and further singers of the same
/// words (a small choir).
/// </summary>
internal sealed record Singer(double Throat = 1, int Transpose = 0, double Gain = 1)
{
    public IReadOnlyList<FellowSinger> With { get; init; } = [];
}

/// <summary>Another throat at another place that sings along.</summary>
internal sealed record FellowSinger(double Throat, double Pan);

/// <summary>A line of words: <c>·</c> parts syllables, <c>=</c> parts words that have no blank between them, <c>_</c> is a blank inside a word.</summary>
internal sealed record VerseLine(string Text, string? Translation = null, string? Roman = null);

/// <summary>A stretch of the song over one chord progression.</summary>
internal sealed record Section
{
    public required string Name { get; init; }
    public required string Chords { get; init; }

    /// <summary>Quarter notes per minute from the section's start; absent: as before.</summary>
    public double? Bpm { get; init; }

    /// <summary>Tempo reached linearly over the last <see cref="BendBeats"/> of the section.</summary>
    public double? BendTo { get; init; }

    public double BendBeats { get; init; }

    /// <summary>Loudness at the start, 1 = mezzo forte.</summary>
    public double Level { get; init; } = 1;

    /// <summary>Loudness at the end; absent: as at the start.</summary>
    public double? LevelTo { get; init; }

    public IReadOnlyList<Voice> Voices { get; init; } = [];
    public IReadOnlyList<Accompaniment> Plays { get; init; } = [];
}

/// <summary>A part that follows a tune, with or without words.</summary>
internal sealed record Voice
{
    public required string Part { get; init; }
    public required string Tune { get; init; }
    public string? Verse { get; init; }
    public string? Agent { get; init; }

    /// <summary><c>bg</c> for a background vocal.</summary>
    public string? Role { get; init; }

    /// <summary>Beats after the section's start.</summary>
    public double At { get; init; }

    public int Transpose { get; init; }
    public double Level { get; init; } = 1;

    /// <summary>Instruments that play along.</summary>
    public IReadOnlyList<Doubling> Doubles { get; init; } = [];
}

/// <summary>An instrument that plays a voice's notes along with it.</summary>
internal sealed record Doubling(string Part, int Transpose = 0, double Level = 1);

/// <summary>A part that plays a pattern over the section's chords.</summary>
internal sealed record Accompaniment
{
    public required string Part { get; init; }
    public required string Pattern { get; init; }

    /// <summary>Lowest note of the chord's voicing, such as <c>C3</c>.</summary>
    public string From { get; init; } = "C3";

    public double Level { get; init; } = 1;
}
