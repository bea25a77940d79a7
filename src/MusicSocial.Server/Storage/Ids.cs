using System.Security.Cryptography;

namespace MusicSocial.Server.Storage;

/// <summary>Opaque ids that sort by creation time: 48 bits of hub milliseconds, then 80 random bits, as 26 lower-case base-32 characters.</summary>
internal static class Ids
{
    // Crockford's alphabet: digits before letters, so text order is time order.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Sorts after every id: where a list that begins with the newest begins.</summary>
    public const string AfterAll = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

    /// <summary>Sorts before every id created at <paramref name="nowMs"/> or later, and after every older one.</summary>
    public static string FirstAt(double nowMs) => New(nowMs)[..10];

    /// <summary>A new id created at <paramref name="nowMs"/>.</summary>
    public static string New(double nowMs) =>
        string.Create(26, (long)nowMs, static (text, ms) =>
        {
            Span<byte> random = stackalloc byte[16];
            RandomNumberGenerator.Fill(random);
            for (var i = 9; i >= 0; i--, ms >>= 5)
                text[i] = Alphabet[(int)(ms & 31)];
            for (var i = 0; i < 16; i++)
                text[10 + i] = Alphabet[random[i] & 31];
        });

    /// <summary>Whether <paramref name="text"/> could be an id of ours; anything else need not be looked up.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <summary>A short code for people to read out: no 0/o, 1/i/l, no vowels that spell words.</summary>
    public static string NewCode(int length) => RandomNumberGenerator.GetString("23456789BCDFGHJKMNPQRSTVWXYZ", length);
}
