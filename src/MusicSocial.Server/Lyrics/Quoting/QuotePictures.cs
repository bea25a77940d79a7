using System.ComponentModel;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Lyrics.Quoting;

/// <summary>
/// Makes PNGs of cards, through ffmpeg's librsvg: it shapes and mixes scripts as a browser does. The latest ones are kept in the data folder.
/// </summary>
internal sealed class QuotePictures(IOptions<StorageOptions> storage, QuoteTools tools)
{
    private const int MaxPngBytes = 8 * 1024 * 1024;

    /// <summary>Pictures kept, about 300 KB each; beyond, the oldest half goes.</summary>
    private const int MaxKept = 400;

    private string Folder => Path.Combine(storage.Value.Folder, "quotes");

    /// <summary>The PNG; null when this machine cannot draw it.</summary>
    public async Task<byte[]?> FindAsync(string version, string svg, CancellationToken cancellationToken)
    {
        var picture = Path.Combine(Folder, $"{version}.png");
        try
        {
            if (File.Exists(picture))
                return await File.ReadAllBytesAsync(picture, cancellationToken);
            Directory.CreateDirectory(Folder);
            MakeRoom();
            return await DrawAsync(picture, svg, cancellationToken);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<byte[]?> DrawAsync(string picture, string svg, CancellationToken cancellationToken)
    {
        var drawing = $"{picture}.{Path.GetRandomFileName()}";
        try
        {
            await File.WriteAllTextAsync(drawing, svg, cancellationToken);
            string[] arguments =
            [
                "-v", "quiet", "-nostdin", "-protocol_whitelist", "file,pipe", "-f", "svg_pipe", "-i", $"file:{drawing}",
                "-frames:v", "1", "-c:v", "png", "-pix_fmt", "rgb24", "-f", "image2pipe", "pipe:1",
            ];
            if (await tools.RunAsync(arguments, MaxPngBytes, cancellationToken) is not { } png)
                return null;
            await File.WriteAllBytesAsync(drawing, png, cancellationToken);
            File.Move(drawing, picture, overwrite: true);
            return png;
        }
        finally
        {
            File.Delete(drawing);
        }
    }

    private void MakeRoom()
    {
        var kept = new DirectoryInfo(Folder).GetFiles("*.png");
        if (kept.Length < MaxKept)
            return;
        foreach (var file in kept.OrderBy(file => file.LastWriteTimeUtc).Take(MaxKept / 2))
            file.Delete();
    }
}

/// <summary>
/// Runs ffmpeg, two at a time: many requests at once must not start a tool for each. A request waits no longer for its turn than the tool may
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
