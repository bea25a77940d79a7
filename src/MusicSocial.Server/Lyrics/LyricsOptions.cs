using System.ComponentModel.DataAnnotations;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Lyrics;

/// <summary>Where lyrics come from and who is asked, configured under <c>Lyrics</c>.</summary>
internal sealed class LyricsOptions
{
    /// <summary>Address of an LRCLIB-compatible server that is asked for songs without lyrics; none is asked when unset.</summary>
    public Uri? Lrclib { get; set; }

    /// <summary>An answer that takes longer is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan LrclibTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause between two questions; there is never more than one at a time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LrclibPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after the server said it is too busy or failed; doubles up to an hour, and what the server says counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan LrclibBackOff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After this time a song the server knew nothing of is asked about again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan LrclibAskAgain { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Address under which people reach the hub, for links on quote cards; that of rooms' links, else the address of the request, when unset.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Whether the hub looks after its start which scripts its fonts cannot draw on quote cards, and logs them.</summary>
    public bool CheckFonts { get; set; } = true;

    /// <summary>Lyrics read by one network, by whatever door.</summary>
    public RateLimit Reads { get; set; } = new() { PerSecond = 20, Burst = 500 };

    /// <summary>Lyrics of one network that are composed anew for it: exports and earlier revisions.</summary>
    public RateLimit Exports { get; set; } = new() { PerSecond = 1, Burst = 60 };

    /// <summary>Quote cards drawn for one network: each keeps an encoder busy for a third of a second.</summary>
    public RateLimit Quotes { get; set; } = new() { PerSecond = 0.5, Burst = 20 };

    public bool IsValid => Lrclib is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
