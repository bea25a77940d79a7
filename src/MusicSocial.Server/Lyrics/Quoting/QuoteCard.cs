using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using QRCoder;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>The content of a card.</summary>
/// <param name="Track">The song.</param>
/// <param name="Lines">The chosen lines, none of them empty.</param>
/// <param name="Link">Where the moment can be heard.</param>
/// <param name="Cover">SVG elements that draw the cover into a square of <see cref="QuoteCard.CoverSide"/> at the origin.</param>
internal sealed record QuoteContent(Track Track, IReadOnlyList<string> Lines, string Link, string Cover);

/// <summary>Draws a card of chosen lines as SVG: the same drawing is shown as it is, or made a picture.</summary>
internal static class QuoteCard
{
    public const int CoverSide = 220;

    private const int Side = 1080;
    private const int Margin = 80;
    private const int TextWidth = Side - (2 * Margin);
    private const int HeadHeight = Margin + CoverSide;
    private const int FootHeight = 270;
    private const int QrSide = 190;

    // Families that exist on most machines; whatever a letter needs beyond them, the drawing machine's own fonts give.
    private const string Fonts = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

    public static string Draw(QuoteContent content)
    {
        var (size, rows) = Fit(content.Lines);
        var rowHeight = size * 1.45;
        var textHeight = rows.Sum(row => row.Count) * rowHeight + (rows.Count - 1) * size * 0.4;
        var height = (int)Math.Max(Side, HeadHeight + 60 + textHeight + 60 + FootHeight);
        var hue = SHA256.HashData(Encoding.UTF8.GetBytes(content.Track.Id))[0] * 360 / 256;
        var top = HeadHeight + ((height - HeadHeight - FootHeight - textHeight) / 2) + size;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {Side} {height}" width="{Side}" height="{height}">
              <defs>
                <linearGradient id="card" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="hsl({hue}, 45%, 26%)"/><stop offset="1" stop-color="hsl({(hue + 50) % 360}, 50%, 12%)"/></linearGradient>
                <clipPath id="round"><rect width="{CoverSide}" height="{CoverSide}" rx="18"/></clipPath>
              </defs>
              <rect width="{Side}" height="{height}" fill="url(#card)"/>
              <g transform="translate({Margin} {Margin})"><g clip-path="url(#round)">{content.Cover}</g></g>
              <g fill="#fff" font-family="{Fonts}">
                {Head(content.Track)}
                <g font-size="{size}" font-weight="700" text-anchor="middle">{Body(rows, top, size, rowHeight)}</g>
                <text x="{Margin}" y="{height - 120}" font-size="34" font-weight="700">MusicSocial</text>
                <text x="{Margin}" y="{height - 76}" font-size="24" fill-opacity="0.7">{Escape(new Uri(content.Link).Authority)}</text>
              </g>
              {QrCode(content.Link, Side - Margin - QrSide, height - 60 - QrSide)}
            </svg>
            """);
    }

    // As large as the lines allow; a long quote makes a taller card rather than small print.
    private static (int Size, List<List<string>> Rows) Fit(IReadOnlyList<string> lines)
    {
        foreach (var size in new[] { 68, 58, 50 })
        {
            var rows = lines.Select(line => QuoteText.BalancedRows(line, size, TextWidth)).ToList();
            if (rows.Sum(row => row.Count) * size * 1.5 <= Side - HeadHeight - FootHeight - 60)
                return (size, rows);
        }

        return (44, [.. lines.Select(line => QuoteText.BalancedRows(line, 44, TextWidth))]);
    }

    private static string Head(Track track)
    {
        const int left = Margin + CoverSide + 40;
        const int width = Side - Margin - left;
        var title = QuoteText.Rows(track.Title, 44, width).Take(2).ToList();
        var text = new StringBuilder();
        var y = Margin + (title.Count > 1 ? 70 : 100);
        foreach (var row in title)
            text.Append(Text(row, left, ref y, 44, "font-weight=\"700\"", width));
        y += 4;
        foreach (var row in QuoteText.Rows(track.Artist, 34, width).Take(1))
            text.Append(Text(row, left, ref y, 34, "fill-opacity=\"0.8\"", width));
        return text.ToString();
    }

    // From right to left a text hangs on its right end: then it would leave the card at the cover's side.
    private static string Text(string row, int left, ref int y, int size, string look, int width)
    {
        var rightToLeft = QuoteText.IsRightToLeft(row);
        var text = $"""<text x="{(rightToLeft ? left + width : left)}" y="{y}" font-size="{size}" {look}{Direction(rightToLeft)}>{Spans(row)}</text>""";
        y += size * 5 / 4;
        return text;
    }

    private static string Body(List<List<string>> rows, double top, int size, double rowHeight)
    {
        var text = new StringBuilder();
        var y = top;
        foreach (var line in rows)
        {
            var direction = Direction(QuoteText.IsRightToLeft(string.Concat(line)));
            foreach (var row in line)
            {
                text.Append(CultureInfo.InvariantCulture, $"""<text x="{Side / 2}" y="{y:0.#}"{direction}>{Spans(row)}</text>""");
                y += rowHeight;
            }

            y += size * 0.4;
        }

        return text.ToString();
    }

    private static string Direction(bool rightToLeft) => rightToLeft ? " direction=\"rtl\"" : "";

    private static string QrCode(string link, int x, int y)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules[row].Count; column++)
            {
                if (modules[row][column])
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
            }
        }

        var scale = (double)QrSide / modules.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<g transform="translate({x} {y})"><rect width="{QrSide}" height="{QrSide}" rx="10" fill="#fff"/><path transform="scale({scale:0.####})" fill="#000" shape-rendering="crispEdges" d="{path}"/></g>""");
    }

    // There is no bold emoji: made bold by the drawing machine, its features run together.
    private static string Spans(string row)
    {
        var spans = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(row);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            spans.Append(IsEmoji(element) ? $"<tspan font-weight=\"400\">{Escape(element)}</tspan>" : Escape(element));
        }

        return spans.ToString();
    }

    private static bool IsEmoji(string element) =>
        element.Contains('\uFE0F', StringComparison.Ordinal) || (Rune.TryGetRuneAt(element, 0, out var rune) && rune.Value is >= 0x1F000 and <= 0x1FAFF);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
