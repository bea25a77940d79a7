using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Covers;

/// <summary>The piece itself as a picture: every note a dot on a spiral that turns once for each few bars, higher notes further out and lighter.</summary>
internal static class NoteSpiral
{
    private const double Turns = 9;
    private const double InnerRadius = 46;
    private const double OuterRadius = 285;

    public static void Paint(Canvas canvas, Performance performance)
    {
        var (lowest, highest) = (performance.Notes.Min(note => note.Key), performance.Notes.Max(note => note.Key));
        canvas.Circle(320, 320, 330, canvas.Glow(canvas.Palette.At(0.5), 0.7));
        (double X, double Y, double Height)[] dots = [.. performance.Notes.Select(note =>
        {
            var share = note.Tick / (double)performance.EndTick;
            var height = (note.Key - lowest) / (double)Math.Max(1, highest - lowest);
            var radius = InnerRadius + (OuterRadius - InnerRadius) * share + height * 24;
            var angle = share * Turns * 2 * Math.PI - Math.PI / 2;
            return (320 + radius * Math.Cos(angle), 320 + radius * Math.Sin(angle), height);
        })];
        canvas.Stroke(Canvas.Through(dots.Select(dot => (dot.X, dot.Y))), canvas.Palette.At(0.6), 0.9, 0.55);
        foreach (var (x, y, height) in dots)
            canvas.Circle(x, y, 2.2 + height * 3.4, canvas.Palette.At(0.4 + 0.6 * height), 0.92);
    }
}
