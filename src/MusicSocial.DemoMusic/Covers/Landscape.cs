namespace MusicSocial.DemoMusic.Covers;

/// <summary>Sky, light, land and water.</summary>
internal static class Landscape
{
    private const double Horizon = 400;

    public static void Dusk(Canvas canvas)
    {
        var sky = canvas.Vertical(canvas.Palette.At(0.3), canvas.Palette.At(0.55), canvas.Palette.At(0.8), canvas.Palette.Lightest);
        canvas.Add($"<rect width=\"640\" height=\"640\" fill=\"{sky}\"/>");
    }

    public static void Night(Canvas canvas)
    {
        var sky = canvas.Vertical(canvas.Palette.Darkest, canvas.Palette.At(0.15), canvas.Palette.At(0.4));
        canvas.Add($"<rect width=\"640\" height=\"640\" fill=\"{sky}\"/>");
    }

    public static void Sun(Canvas canvas)
    {
        var x = canvas.Between(240, 400);
        const double Y = 270;
        canvas.Circle(x, Y, 300, canvas.Glow(canvas.Palette.Lightest, 0.75));
        canvas.Circle(x, Y, 84, canvas.Palette.Lightest, 0.95);
        for (var ring = 0; ring < 5; ring++)
            canvas.Ring(x, Y, 112 + ring * 30, canvas.Palette.Lightest, 1.5, 0.45 - ring * 0.08);
    }

    public static void Stars(Canvas canvas)
    {
        for (var i = 0; i < 170; i++)
        {
            var bright = canvas.Random.NextDouble();
            canvas.Circle(canvas.Between(0, 640), canvas.Between(0, 470), 0.5 + 1.7 * Math.Pow(bright, 4), canvas.Palette.Lightest, 0.3 + 0.65 * bright);
        }
    }

    public static void Hills(Canvas canvas)
    {
        const int Ridges = 6;
        for (var ridge = 0; ridge < Ridges; ridge++)
        {
            var depth = ridge / (double)(Ridges - 1);
            var height = Horizon - 30 + depth * 215;
            var (slow, fast, turn) = (canvas.Between(0.004, 0.009), canvas.Between(0.014, 0.026), canvas.Between(0, 7));
            var line = Enumerable.Range(0, 81).Select(i => (X: i * 8.0, Y: height + 34 * Math.Sin(i * 8 * slow + turn) + 11 * Math.Sin(i * 8 * fast + turn * 2)));
            canvas.Path(Canvas.Through(line.Append((640, 660)).Append((0, 660))) + "Z", canvas.Palette.At(0.62 - 0.62 * depth));
        }
    }

    public static void Water(Canvas canvas)
    {
        var water = canvas.Vertical(canvas.Palette.At(0.6), canvas.Palette.At(0.3), canvas.Palette.Darkest);
        canvas.Add($"<rect y=\"{Horizon}\" width=\"640\" height=\"{Canvas.Size - Horizon}\" fill=\"{water}\"/>");
        for (var i = 0; i < 90; i++)
        {
            var depth = Math.Pow(canvas.Random.NextDouble(), 1.4);
            var (x, y, length) = (canvas.Between(-40, 640), Horizon + 6 + depth * 230, 18 + depth * 110);
            var half = Canvas.Number(length / 2);
            var data = $"M{Canvas.Number(x)} {Canvas.Number(y)}q{Canvas.Number(length / 4)} {Canvas.Number(-3 - depth * 4)} {half} 0t{half} 0";
            canvas.Stroke(data, canvas.Palette.Lightest, 0.8 + depth * 2.2, canvas.Between(0.12, 0.42));
        }
    }

    public static void Birds(Canvas canvas)
    {
        for (var i = 0; i < 9; i++)
        {
            var (x, y, span) = (canvas.Between(70, 570), canvas.Between(70, 240), canvas.Between(8, 19));
            string Spans(double share) => Canvas.Number(span * share);
            var leftWing = $"q{Spans(0.6)} {Spans(-0.35)} {Spans(1)} {Spans(0.4)}";
            var rightWing = $"q{Spans(0.4)} {Spans(-0.75)} {Spans(1)} {Spans(-0.4)}";
            canvas.Stroke($"M{Canvas.Number(x - span)} {Canvas.Number(y - span * 0.3)}{leftWing}{rightWing}", canvas.Palette.Darkest, 2.1, 0.75);
        }
    }
}
