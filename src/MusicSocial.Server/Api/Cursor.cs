using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace MusicSocial.Server.Api;

/// <summary>Cursors are keysets (the sort key of the last row shown), opaque to clients: a page costs the same at any depth.</summary>
internal static class Cursor
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>The page size to use for what the client asked.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, MaxLimit);

    public static string Encode<TKey>(TKey key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key, WireJson.Options));

    /// <summary>The keyset inside a cursor; null when there is no cursor; refuses one we did not make.</summary>
    public static TKey? Decode<TKey>(string? cursor)
        where TKey : class
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        try
        {
            if (cursor.Length <= 512)
                return JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(cursor), WireJson.Options) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or DecoderFallbackException)
        {
            // Refused below, like a cursor that is too long.
        }

        throw new RefusedException(Refusals.BadCursor);
    }

    /// <summary>Cuts a list that was read one row past the limit into a page.</summary>
    public static Page<T> ToPage<T, TKey>(IReadOnlyList<T> rows, int limit, Func<T, TKey> keyOf) =>
        rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>([.. rows.Take(limit)], Encode(keyOf(rows[limit - 1])));
}
