using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Catalog.Probing;

namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>Measures how loud a recording is, with ffmpeg.</summary>
internal sealed class LoudnessMeter(IOptions<CatalogOptions> options)
{
    private const int MaxLogBytes = 512 * 1024;

    // Half a day of sound on a processor that is hardly ever free: what takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Whether ffmpeg turned out not to be installed.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Null when it cannot be told: silence, sound that cannot be decoded, or no ffmpeg.</summary>
    public async Task<MeasuredLoudness?> MeasureAsync(string audioPath, CancellationToken cancellationToken)
    {
        // At its usual level the filter logs ten lines for each second of sound.
        string[] arguments =
        [
            "-hide_banner", "-nostats", "-nostdin", "-threads", "1", .. MediaTool.Open(audioPath),
            "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-",
        ];
        try
        {
            var log = await MediaTool.RunAsideAsync(options.Value.Ffmpeg, arguments, Patience, MaxLogBytes, cancellationToken);
            return log is null ? null : LoudnessSummary.Read(Encoding.UTF8.GetString(log));
        }
        catch (Win32Exception)
        {
            IsMissing = true;
            return null;
        }
    }
}
