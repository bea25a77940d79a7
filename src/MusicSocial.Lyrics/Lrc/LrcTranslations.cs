using MusicSocial.Lyrics.Drafting;
using MusicSocial.Lyrics.Text;

namespace MusicSocial.Lyrics.Lrc;

/// <summary>LRCX translations, <c>[stamp][tr:language]text</c>: each goes to the line of the same stamp.</summary>
internal sealed class LrcTranslations
{
    private const string Mark = "[tr";

    private readonly List<(int StampMs, string Language, string Text, int Number)> _pending = [];

    public static bool TrySplit(ReadOnlySpan<char> text, out string language, out ReadOnlySpan<char> translated)
    {
        language = "und";
        translated = default;
        var end = text.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) ? text.IndexOf(']') : -1;
        if (end < 0 || (end > Mark.Length && text[Mark.Length] != ':'))
        {
            return false;
        }

        var named = end > Mark.Length ? Blanks.Trim(text[(Mark.Length + 1)..end]) : default;
        language = named.IsEmpty ? language : named.ToString();
        translated = text[(end + 1)..];
        return true;
    }

    public void Add(List<int> stamps, string language, string text, int number)
    {
        foreach (var stamp in stamps)
        {
            _pending.Add((stamp, language, text, number));
        }
    }

    public void AttachTo(SheetDraft draft)
    {
        if (_pending.Count == 0)
        {
            return;
        }

        var first = new Dictionary<int, int>();
        for (var index = 0; index < draft.Timed.Length; index++)
        {
            var line = draft.Timed[index];
            if (!line.IsBackground)
            {
                first.TryAdd(line.StartMs.GetValueOrDefault(), index);
            }
        }

        foreach (var (stamp, language, text, number) in _pending)
        {
            if (first.TryGetValue(stamp, out var index))
            {
                var line = draft.Timed[index];
                draft.Replace(index, line with { Translations = line.Translations.SetItem(language, text) });
            }
            else
            {
                draft.Warn(LyricWarnings.StrayTranslation, number);
            }
        }
    }
}
