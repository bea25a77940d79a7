namespace MusicSocial.Lyrics;

/// <summary>The formats a sheet can be written in. Wire names: <see cref="LyricOutputs"/>.</summary>
public enum LyricOutput
{
    /// <summary>LRC as every player shows it: lines only; singers only as Walaoke's <c>F:</c>, <c>M:</c>, <c>D:</c>.</summary>
    Lrc,

    /// <summary>Enhanced LRC: words, singers, background vocals, translations (LRCX).</summary>
    EnhancedLrc,

    /// <summary>TTML with the profile of Apple Music: everything a sheet says.</summary>
    Ttml,

    /// <summary>WebVTT with voices and inline stamps. Needs times.</summary>
    WebVtt,

    /// <summary>Advanced SubStation Alpha with karaoke (<c>\kf</c>), for video players. Needs times.</summary>
    Ass,

    /// <summary>The <c>lyricsList</c> of OpenSubsonic's songLyrics extension, version 2, as JSON.</summary>
    OpenSubsonic,

    /// <summary>SubRip: lines and texts. Needs times.</summary>
    Srt,

    /// <summary>The texts alone.</summary>
    Text,
}
