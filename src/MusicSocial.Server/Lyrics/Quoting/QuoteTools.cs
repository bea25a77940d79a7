using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>
/// Takes turns at ffmpeg: whoever asks for many cards at once must not start a tool for each. Nobody waits longer for a turn than the tool may
/// take, or those behind a few slow cards would wait for minutes.
/// </summary>
internal sealed class QuoteTools(IOptions<CatalogOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(2);

    /// <summary>What ffmpeg made; null when it failed, took too long, or there was no turn.</summary>
    public async Task<byte[]?> RunAsync(IEnumerable<string> arguments, int maxOutputBytes, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(options.Value.ToolTimeout, cancellationToken))
            return null;
        try
        {
            return await MediaTool.RunAsync(options.Value.Ffmpeg, arguments, options.Value.ToolTimeout, maxOutputBytes, cancellationToken) is { Length: > 0 } made ? made : null;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
