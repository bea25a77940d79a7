using System.Globalization;
using System.Text;

namespace MusicSocial.Load.Reporting;

/// <summary>Lines over two logarithmic axes as SVG, legible on light and dark pages.</summary>
internal sealed class LineChart(string title, string xName, string yName)
{
    private const double Width = 720, Height = 400, Left = 72, Right = 150, Top = 44, Bottom = 52;

    // Told apart by hue, and by the shape of their points.
    private static readonly string[] Colours = ["#2f81f7", "#d4580a", "#8957e5"];

    private readonly StringBuilder _svg = new();
    private double _firstX, _lastX, _firstY, _lastY;

    public string Draw(IReadOnlyList<(string Name, List<(double X, double Y)> Points)> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToList();
        if (points.Count == 0)
            return "";
        (_firstX, _lastX) = Decades(points.Select(point => point.X));
        (_firstY, _lastY) = Decades(points.Select(point => point.Y));
        Begin();
        DrawAxes();
        for (var i = 0; i < lines.Count; i++)
            DrawLine(lines[i].Name, lines[i].Points, i);
        DrawNames(lines);
        return _svg.AppendLine("</svg>").ToString();
    }

    private void Begin() => _svg.AppendLine(Invariant($"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">
          <style>
            text {"{"} font: 13px system-ui, sans-serif; fill: #1f2328 {"}"} .title {"{"} font-size: 15px; font-weight: 600 {"}"} .grid {"{"} stroke: #8c959f; stroke-opacity: .35 {"}"}
            @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #e6edf3 {"}"} {"}"}
          </style>
          <text class="title" x="{Left}" y="22">{title}</text>
        """));

    private void DrawAxes()
    {
        for (var x = _firstX; x <= _lastX; x++)
        {
            _svg.AppendLine(Invariant($"""  <line class="grid" x1="{AtX(x):0.#}" x2="{AtX(x):0.#}" y1="{Top}" y2="{Height - Bottom}"/>"""));
            _svg.AppendLine(Invariant($"""  <text x="{AtX(x):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{Summary.Number(Math.Pow(10, x))}</text>"""));
        }

        for (var y = _firstY; y <= _lastY; y++)
        {
            _svg.AppendLine(Invariant($"""  <line class="grid" x1="{Left}" x2="{Width - Right}" y1="{AtY(y):0.#}" y2="{AtY(y):0.#}"/>"""));
            _svg.AppendLine(Invariant($"""  <text x="{Left - 8}" y="{AtY(y) + 4:0.#}" text-anchor="end">{Summary.Number(Math.Pow(10, y))}</text>"""));
        }

        _svg.AppendLine(Invariant($"""  <text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">{xName}</text>"""));
        _svg.AppendLine(Invariant($"""  <text x="{Left - 56}" y="{Top - 8}">{yName}</text>"""));
    }

    private void DrawLine(string name, List<(double X, double Y)> points, int index)
    {
        var path = string.Join(' ', points.Select(point => Invariant($"{AtX(Math.Log10(point.X)):0.#},{AtY(Math.Log10(point.Y)):0.#}")));
        var colour = Colours[index % Colours.Length];
        _svg.AppendLine($"""  <polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>""");
        foreach (var (x, y) in points)
        {
            var (atX, atY) = (AtX(Math.Log10(x)), AtY(Math.Log10(y)));
            _svg.AppendLine((index % 3) switch
            {
                0 => Invariant($"""  <circle cx="{atX:0.#}" cy="{atY:0.#}" r="4.5" fill="{colour}"><title>{name}: {Summary.Number(y)}</title></circle>"""),
                1 => Invariant($"""  <rect x="{atX - 4:0.#}" y="{atY - 4:0.#}" width="8" height="8" fill="{colour}"><title>{name}: {Summary.Number(y)}</title></rect>"""),
                _ => Invariant($"""  <path d="M{atX:0.#} {atY - 6:0.#}l6 10h-12z" fill="{colour}"><title>{name}: {Summary.Number(y)}</title></path>"""),
            });
        }
    }

    // Beside the last points, pushed apart where lines end close together.
    private void DrawNames(IReadOnlyList<(string Name, List<(double X, double Y)> Points)> lines)
    {
        var lowest = double.NegativeInfinity;
        foreach (var (name, points, colour) in lines.Select((line, i) => (line.Name, line.Points, Colours[i % Colours.Length]))
            .OrderByDescending(line => line.Points[^1].Y))
        {
            lowest = Math.Max(AtY(Math.Log10(points[^1].Y)) + 4, lowest + 18);
            _svg.AppendLine(Invariant($"""  <circle cx="{Width - Right + 14}" cy="{lowest - 4:0.#}" r="4" fill="{colour}"/>"""));
            _svg.AppendLine(Invariant($"""  <text x="{Width - Right + 24}" y="{lowest:0.#}">{name}</text>"""));
        }
    }

    private double AtX(double log) => Left + ((log - _firstX) / (_lastX - _firstX) * (Width - Left - Right));

    private double AtY(double log) => Height - Bottom - ((log - _firstY) / (_lastY - _firstY) * (Height - Top - Bottom));

    private static (double First, double Last) Decades(IEnumerable<double> values)
    {
        var logs = values.Select(Math.Log10).ToList();
        var first = Math.Floor(logs.Min());
        return (first, Math.Max(first + 1, Math.Ceiling(logs.Max())));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
