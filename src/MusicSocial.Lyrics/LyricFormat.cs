namespace MusicSocial.Lyrics;

/// <summary>How a source writes lyrics down. Wire names: <see cref="LyricFormats"/>.</summary>
public enum LyricFormat
{
    /// <summary>Text without times.</summary>
    Text,

    /// <summary>LRC: <c>[mm:ss.xx]line</c>. Read by the same reader as the two that follow.</summary>
    Lrc,

    /// <summary>Enhanced ("A2") LRC: words after <c>&lt;mm:ss.xx&gt;</c>, singers, background vocals.</summary>
    EnhancedLrc,

    /// <summary>ESLyric and KAR-like LRC: words between bracket stamps.</summary>
    BracketLrc,

    /// <summary>W3C Timed Text with the profile Apple Music and AMLL use.</summary>
    Ttml,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>W3C WebVTT, with voices and inline stamps.</summary>
    WebVtt,

    /// <summary>NetEase: <c>[start,length](start,length,0)word</c>.</summary>
    Yrc,

    /// <summary>QQ Music, decrypted: <c>[start,length]word(start,length)</c>, bare or in its XML envelope.</summary>
    Qrc,

    /// <summary>KuGou, decrypted: <c>[start,length]&lt;start in line,length,0&gt;word</c>.</summary>
    Krc,

    /// <summary>Lyricsfile 1.0 (YAML).</summary>
    Lyricsfile,

    /// <summary>The body of an ID3v2 SYLT or USLT frame, with or without its frame header.</summary>
    Id3,
}
