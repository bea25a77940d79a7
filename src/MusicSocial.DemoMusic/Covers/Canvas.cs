using System.Globalization;
using System.Text;

namespace MusicSocial.DemoMusic.Covers;

/// <summary>An SVG being drawn, <see cref="Size"/> units wide and high.</summary>
internal sealed class Canvas(Palette palette, Random random)
{
    public const double Size = 640;

    private readonly StringBuilder _body = new();
    private int _gradients;

    public Palette Palette => palette;

    public Random Random => random;

    public double Between(double from, double to) => from + (to - from) * random.NextDouble();

    public void Add(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public void Circle(double x, double y, double radius, string fill, double opacity = 1) =>
        Add($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.##}\" fill=\"{fill}\" opacity=\"{opacity:0.##}\"/>");

    public void Ring(double x, double y, double radius, string colour, double width, double opacity = 1) => Add($"""
        <circle cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}" fill="none" stroke="{colour}" stroke-width="{width:0.#}" opacity="{opacity:0.##}"/>
        """);

    public void Path(string data, string fill, double opacity = 1) => Add($"<path d=\"{data}\" fill=\"{fill}\" opacity=\"{opacity:0.##}\"/>");

    public void Stroke(string data, string colour, double width, double opacity = 1) =>
        Add($"""
            <path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:0.##}" stroke-linecap="round" stroke-linejoin="round" opacity="{opacity:0.##}"/>
            """);

    /// <summary>Defines a gradient down the canvas and returns how to fill with it.</summary>
    public string Vertical(params string[] colours)
    {
        var id = $"g{_gradients++}";
        var stops = string.Concat(colours.Select((colour, i) => $"<stop offset=\"{Number(i / (double)(colours.Length - 1))}\" stop-color=\"{colour}\"/>"));
        Add($"<defs><linearGradient id=\"{id}\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">{stops}</linearGradient></defs>");
        return $"url(#{id})";
    }

    /// <summary>Defines a glow that is strongest in the middle and returns how to fill with it.</summary>
    public string Glow(string colour, double strength)
    {
        var id = $"g{_gradients++}";
        Add($"""
            <defs><radialGradient id="{id}">
            <stop offset="0" stop-color="{colour}" stop-opacity="{strength:0.##}"/><stop offset="1" stop-color="{colour}" stop-opacity="0"/>
            </radialGradient></defs>
            """);
        return $"url(#{id})";
    }

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A path through points, <c>M x y L x y ...</c>.</summary>
    public static string Through(IEnumerable<(double X, double Y)> points) =>
        "M" + string.Join('L', points.Select(point => $"{Number(point.X)} {Number(point.Y)}"));

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 640\" width=\"640\" height=\"640\">\n{_body}</svg>\n";
}
