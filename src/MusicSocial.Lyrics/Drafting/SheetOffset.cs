using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Drafting;

/// <summary>The offset of a whole sheet, in milliseconds with an optional sign: positive means that everything comes earlier.</summary>
internal static class SheetOffset
{
    public const string Key = "offset";

    /// <summary>Keeps the value as a tag, and has it applied if it is a number.</summary>
    public static void Take(ReadOnlySpan<char> value, int number, SheetDraft draft)
    {
        draft.Tag(Key, value.ToString());
        var later = value is ['-', ..];
        var at = value is ['+', ..] or ['-', ..] ? 1 : 0;
        if (Digits.TryReadTime(value, ref at, out var milliseconds) && at == value.Length)
        {
            draft.OffsetMs = later ? -milliseconds : milliseconds;
        }
        else
        {
            draft.Warn(LyricWarnings.BadOffset, number);
        }
    }
}
