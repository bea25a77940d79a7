using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace MusicSocial.Server.Catalog.Covers;

/// <summary>Draws a cover for a track that has none: colours and shapes from its id, its initials in the middle; the same every time.</summary>
internal static class GeneratedCover
{
    public const string ContentType = "image/svg+xml";

    public static byte[] Draw(Track track)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(track.Id));
        var hue = seed[0] * 360 / 256;
        var second = (hue + 40 + (seed[1] % 80)) % 360;
        var rings = string.Concat(Enumerable.Range(0, 4).Select(i => Ring(seed.AsSpan(2 + (i * 3), 3))));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
              <defs><linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
                <stop offset="0" stop-color="hsl({hue} 58% 34%)"/><stop offset="1" stop-color="hsl({second} 62% 20%)"/>
              </linearGradient></defs>
              <rect width="512" height="512" fill="url(#sky)"/>
              <g fill="none" stroke="#fff">{rings}</g>
              <text x="256" y="256" fill="#fff" font-family="system-ui, sans-serif" font-size="150" font-weight="700" text-anchor="middle" dominant-baseline="central">{SecurityElement.Escape(Initials(track.Title))}</text>
            </svg>
            """));
    }

    private static string Ring(ReadOnlySpan<byte> seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<circle cx="{seed[0] * 2}" cy="{seed[1] * 2}" r="{60 + seed[2]}" stroke-width="{8 + (seed[2] % 40)}" stroke-opacity="0.1"/>""");

    private static string Initials(string title)
    {
        var words = title.Split([' ', '-', '_', '.', '(', '/'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(2).Select(word => StringInfo.GetNextTextElement(word).ToUpperInvariant()));
    }
}
