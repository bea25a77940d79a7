namespace MusicSocial.DemoMusic.Covers;

/// <summary>Branches, blossoms, berries and herbs.</summary>
internal static class Botany
{
    public static void Branch(Canvas canvas)
    {
        var bark = canvas.Palette.Darkest;
        Twig(canvas, bark, -20, 150, -0.02, 17, 8);
        Twig(canvas, bark, 660, 560, Math.PI + 0.35, 13, 7);
    }

    public static void Petals(Canvas canvas)
    {
        for (var i = 0; i < 46; i++)
        {
            var (x, y, size, angle) = (canvas.Between(0, 640), canvas.Between(120, 640), canvas.Between(5, 10), canvas.Between(0, 6.28));
            Petal(canvas, x, y, size, angle, canvas.Palette.At(canvas.Between(0.75, 1)), 0.8);
        }
    }

    public static void Berries(Canvas canvas)
    {
        foreach (var (x, y) in new[] { (140.0, 150.0), (500.0, 130.0), (320.0, 320.0), (90.0, 430.0), (560.0, 420.0), (300.0, 560.0) })
        {
            for (var leaf = 0; leaf < 9; leaf++)
                Leaf(canvas, x, y, canvas.Between(110, 190), leaf * 0.7 + canvas.Between(-0.2, 0.2), canvas.Palette.At(canvas.Between(0.12, 0.34)));
            for (var berry = 0; berry < 29; berry++)
            {
                var (angle, reach) = (berry * 2.4, 14 * Math.Sqrt(berry));
                var (bx, by) = (x + reach * Math.Cos(angle), y + reach * Math.Sin(angle));
                canvas.Circle(bx, by, 15, canvas.Palette.At(0.5));
                canvas.Circle(bx - 1, by - 1.5, 13, canvas.Palette.At(canvas.Between(0.58, 0.74)));
                canvas.Circle(bx - 4.5, by - 5.5, 3.4, canvas.Palette.Lightest, 0.9);
            }
        }
    }

    public static void Herbs(Canvas canvas)
    {
        for (var stem = 0; stem < 13; stem++)
        {
            var (x, lean, height) = (30 + stem * 49 + canvas.Between(-12, 12), canvas.Between(-70, 70), canvas.Between(220, 430));
            var colour = canvas.Palette.At(canvas.Between(0, 0.3));
            canvas.Stroke($"M{Canvas.Number(x)} 650Q{Canvas.Number(x)} {Canvas.Number(650 - height / 2)} {Canvas.Number(x + lean)} {Canvas.Number(650 - height)}", colour, 3.2);
            var pairs = canvas.Random.Next(8, 14);
            for (var pair = 1; pair <= pairs; pair++)
            {
                var t = pair / (double)pairs;
                var (px, py) = (x + lean * t * t, 650 - height * t);
                var length = (1.15 - t) * 46 + 8;
                Leaf(canvas, px, py, length, -0.5 - t * 0.5, colour);
                Leaf(canvas, px, py, length, Math.PI + 0.5 + t * 0.5, colour);
            }
            if (stem % 3 == 1)
                Blossom(canvas, x + lean, 650 - height, 15, canvas.Palette.At(0.85));
        }
    }

    private static void Twig(Canvas canvas, string bark, double x, double y, double angle, double width, int joints)
    {
        for (var joint = 0; joint < joints && width > 1; joint++)
        {
            var length = canvas.Between(44, 74);
            var turn = angle + canvas.Between(-0.28, 0.28);
            var (nextX, nextY) = (x + length * Math.Cos(turn), y + length * Math.Sin(turn));
            canvas.Stroke(Canvas.Through([(x, y), (nextX, nextY)]), bark, width);
            if (width > 4)
                Twig(canvas, bark, nextX, nextY, turn + (joint % 2 == 0 ? 0.8 : -0.8), width * 0.45, 3);
            for (var flower = 0; flower < (width < 8 ? 3 : 1); flower++)
                Blossom(canvas, nextX + canvas.Between(-24, 24), nextY + canvas.Between(-24, 24), canvas.Between(15, 25), canvas.Palette.At(canvas.Between(0.72, 1)));
            (x, y, width) = (nextX, nextY, width * 0.86);
        }
    }

    private static void Blossom(Canvas canvas, double x, double y, double size, string colour)
    {
        var turn = canvas.Between(0, 6.28);
        for (var petal = 0; petal < 5; petal++)
        {
            var angle = turn + petal * Math.PI * 2 / 5;
            Petal(canvas, x + size * 0.55 * Math.Cos(angle), y + size * 0.55 * Math.Sin(angle), size * 0.52, angle, colour, 0.94);
        }
        canvas.Circle(x, y, size * 0.17, canvas.Palette.At(0.5));
    }

    private static void Petal(Canvas canvas, double x, double y, double size, double angle, string colour, double opacity) =>
        canvas.Add($"""
            <ellipse cx="{x:0.#}" cy="{y:0.#}" rx="{size:0.#}" ry="{size * 0.72:0.#}" fill="{colour}" opacity="{opacity:0.##}"
            transform="rotate({angle * 180 / Math.PI:0.#} {x:0.#} {y:0.#})"/>
            """);

    private static void Leaf(Canvas canvas, double x, double y, double length, double angle, string colour)
    {
        var (tipX, tipY) = (x + length * Math.Cos(angle), y + length * Math.Sin(angle));
        var (sideX, sideY) = (-Math.Sin(angle) * length * 0.26, Math.Cos(angle) * length * 0.26);
        var (midX, midY) = ((x + tipX) / 2, (y + tipY) / 2);
        canvas.Path($"M{Canvas.Number(x)} {Canvas.Number(y)}Q{Canvas.Number(midX + sideX)} {Canvas.Number(midY + sideY)} {Canvas.Number(tipX)} {Canvas.Number(tipY)}"
            + $"Q{Canvas.Number(midX - sideX)} {Canvas.Number(midY - sideY)} {Canvas.Number(x)} {Canvas.Number(y)}Z", colour);
    }
}
