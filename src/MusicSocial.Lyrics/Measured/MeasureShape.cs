namespace MusicSocial.Lyrics.Measured;

/// <summary>How a format brackets its measures.</summary>
internal readonly record struct MeasureShape(char Open, char Close, int Fields)
{
    public static readonly MeasureShape Line = new('[', ']', 2);

    public static readonly MeasureShape YrcWord = new('(', ')', 3);

    public static readonly MeasureShape QrcWord = new('(', ')', 2);

    public static readonly MeasureShape KrcWord = new('<', '>', 3);
}
