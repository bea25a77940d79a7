using Microsoft.AspNetCore.Http.Features;
using MusicSocial.Lyrics;

namespace MusicSocial.Server.Lyrics;

/// <summary>Reads an uploaded file, never more of it than lyrics may have.</summary>
internal static class LyricsBody
{
    /// <summary>The bytes; refuses <c>lyrics.too_large</c> before reading when the length is announced.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // More than allowed can be read, so that "too large" is our answer and not a connection the server broke off.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 4 * LyricLimits.Bytes;
        if (request.ContentLength > LyricLimits.Bytes)
            throw TooLarge();

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > LyricLimits.Bytes)
                throw TooLarge();
            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return body.ToArray();
    }

    private static RefusedException TooLarge() => new(LyricsRefusals.Unreadable(new LyricRefusedException(LyricRefusals.TooLarge)));
}
