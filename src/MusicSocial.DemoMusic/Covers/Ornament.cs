namespace MusicSocial.DemoMusic.Covers;

/// <summary>Things made by people: rays of a monstrance, tiled stars, a wheel, a boat, a belfry.</summary>
internal static class Ornament
{
    private const double Centre = Canvas.Size / 2;

    public static void Rays(Canvas canvas)
    {
        const int Count = 48;
        canvas.Add($"<rect width=\"640\" height=\"640\" fill=\"{canvas.Palette.At(0.15)}\"/>");
        for (var i = 0; i < Count; i++)
        {
            var angle = i * 2 * Math.PI / Count;
            var half = Math.PI / Count * (i % 2 == 0 ? 0.95 : 0.4);
            var ray = Canvas.Through([(Centre, 360), Around(angle - half, 700), Around(angle + half, 700)]);
            canvas.Path(ray + "Z", canvas.Palette.At(0.3 + 0.5 * canvas.Random.NextDouble()), 0.85);
        }
        canvas.Circle(Centre, 360, 270, canvas.Glow(canvas.Palette.Lightest, 0.95));
        for (var ring = 0; ring < 4; ring++)
            canvas.Circle(Centre, 360, 96 - ring * 20, canvas.Palette.At(ring % 2 == 0 ? 1 : 0.55), 0.9);
    }

    public static void StoneStars(Canvas canvas)
    {
        const double Tile = 128;
        canvas.Add($"<rect width=\"640\" height=\"640\" fill=\"{canvas.Vertical(canvas.Palette.At(0.1), canvas.Palette.At(0.3))}\"/>");
        for (var row = 0; row <= 5; row++)
        {
            for (var column = 0; column <= 5; column++)
            {
                var (x, y) = (column * Tile, row * Tile);
                var shade = 0.35 + 0.4 * canvas.Random.NextDouble();
                canvas.Path(Star(x, y, 62, 0.765, 8), canvas.Palette.At(shade));
                canvas.Path(Star(x, y, 43, 0.66, 8), canvas.Palette.At(0.12));
                canvas.Path(Star(x, y, 27, 0.5, 8), canvas.Palette.At(0.95));
                canvas.Path(Star(x + Tile / 2, y + Tile / 2, 28, 0.56, 4), canvas.Palette.At(1 - shade * 0.6), 0.9);
                canvas.Stroke(Star(x, y, 70, 0.765, 8), canvas.Palette.At(0.85), 1.6, 0.7);
            }
        }
    }

    public static void Wheel(Canvas canvas)
    {
        const double X = 320, Y = 330, Radius = 170;
        canvas.Circle(X, Y, 290, canvas.Glow(canvas.Palette.At(0.8), 0.6));
        for (var spoke = 0; spoke < 16; spoke++)
        {
            var angle = spoke * Math.PI / 8;
            var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
            canvas.Stroke(Canvas.Through([(X + 30 * cos, Y + 30 * sin), (X + Radius * cos, Y + Radius * sin)]), canvas.Palette.At(0.85), 5);
            string On(double turn, double reach) =>
                $"{Canvas.Number(X + reach * Math.Cos(angle + turn))} {Canvas.Number(Y + reach * Math.Sin(angle + turn))}";
            canvas.Path(
                $"M{On(0, Radius + 22)}Q{On(0.12, 250)} {On(0.34, 290)}Q{On(0.26, 236)} {On(0, Radius + 22)}Z",
                canvas.Palette.At(0.7 + 0.3 * canvas.Random.NextDouble()),
                0.75);
        }
        foreach (var (radius, width) in new[] { (Radius, 14.0), (Radius - 18, 3.0), (Radius + 14, 3.0), (32.0, 10.0) })
            canvas.Ring(X, Y, radius, canvas.Palette.At(0.95), width);
        canvas.Circle(X, Y, 14, canvas.Palette.Lightest);
    }

    public static void Boat(Canvas canvas)
    {
        var hull = canvas.Palette.Darkest;
        canvas.Path("M196 430q124 46 250 0l-34 58q-92 20-182 0z", hull);
        canvas.Path("M206 436q114 38 230 0l-6 12q-108 34-218 0z", canvas.Palette.At(0.85));
        foreach (var (x, y) in new[] { (268, 398), (320, 392), (372, 398) })
        {
            canvas.Circle(x, y, 13, hull);
            canvas.Path($"M{x - 16} {y + 50}q2-36 16-36t16 36z", hull);
            canvas.Stroke($"M{x - 4} {y + 30}L{x - 92} {y + 106}", canvas.Palette.Lightest, 3.4, 0.9);
        }
        canvas.Path("M196 500q124 22 250 0q-40 40-125 44t-125-44z", hull, 0.28);
    }

    public static void Belfry(Canvas canvas)
    {
        var stone = canvas.Palette.Darkest;
        for (var house = 0; house < 12; house++)
        {
            var (x, width, top) = (house * 58 - 16.0, canvas.Between(46, 64), canvas.Between(470, 540));
            canvas.Path(Canvas.Through([(x, 660), (x, top), (x + width / 2, top - 34), (x + width, top), (x + width, 660)]) + "Z", canvas.Palette.At(0.16));
            canvas.Add($"<rect x=\"{x + width / 2 - 4:0.#}\" y=\"{top + 18:0.#}\" width=\"8\" height=\"12\" fill=\"{canvas.Palette.Lightest}\" opacity=\"0.85\"/>");
        }
        canvas.Path("M246 660V250l74-128 74 128v410z", stone);
        canvas.Path("M276 372v-66a44 44 0 0 1 88 0v66z", canvas.Palette.Lightest);
        canvas.Path("M320 276c22 0 26 22 28 48l12 20h-80l12-20c2-26 6-48 28-48z", canvas.Palette.At(0.45));
        canvas.Circle(320, 350, 7, stone);
        canvas.Circle(320, 440, 30, canvas.Palette.At(0.9));
        canvas.Stroke("M320 440V420M320 440l13 9", stone, 3.5);
        canvas.Stroke("M320 122V84M308 96h24", stone, 5);
    }

    private static (double X, double Y) Around(double angle, double radius) => (Centre + radius * Math.Cos(angle), 360 + radius * Math.Sin(angle));

    private static string Star(double x, double y, double radius, double waist, int points) =>
        Canvas.Through(Enumerable.Range(0, points * 2).Select(i =>
        {
            var (angle, reach) = (i * Math.PI / points + Math.PI / 8, i % 2 == 0 ? radius : radius * waist);
            return (x + reach * Math.Cos(angle), y + reach * Math.Sin(angle));
        })) + "Z";
}
