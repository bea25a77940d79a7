namespace MusicSocial.Lyrics;

/// <summary>Every code of a <see cref="LyricRefusedException"/>.</summary>
public static class LyricRefusals
{
    /// <summary>There is no line in it: blank, or nothing but tags.</summary>
    public const string Empty = "lyrics.empty";

    /// <summary>More than <see cref="LyricLimits.Bytes"/>, or more than <see cref="LyricLimits.Words"/> once repeated lines are written out.</summary>
    public const string TooLarge = "lyrics.too_large";

    /// <summary>More than <see cref="LyricLimits.Lines"/>.</summary>
    public const string TooManyLines = "lyrics.too_many_lines";

    /// <summary>Asked to be read as TTML, but its root is not <c>tt</c>.</summary>
    public const string NotTtml = "lyrics.not_ttml";

    /// <summary>XML that is not well-formed or nested absurdly deep.</summary>
    public const string InvalidXml = "lyrics.invalid_xml";

    /// <summary>XML with a document type definition, which can pull in files or blow up in memory.</summary>
    public const string DtdProhibited = "lyrics.dtd_prohibited";

    /// <summary>Asked to be read as WebVTT, but the signature is missing.</summary>
    public const string NotVtt = "lyrics.not_vtt";

    /// <summary>A QRC or KRC container that is still encrypted.</summary>
    public const string EncryptedUnsupported = "lyrics.encrypted_unsupported";

    /// <summary>An ID3 SYLT frame that counts MPEG frames instead of milliseconds.</summary>
    public const string UnsupportedTimestampFormat = "lyrics.unsupported_timestamp_format";

    /// <summary>A Lyricsfile of another major version than 1.</summary>
    public const string UnsupportedVersion = "lyrics.unsupported_version";

    /// <summary>YAML that cannot be read, has anchors or is nested absurdly deep.</summary>
    public const string InvalidYaml = "lyrics.invalid_yaml";
}
