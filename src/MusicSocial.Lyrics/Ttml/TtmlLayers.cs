using System.Collections.Immutable;

namespace MusicSocial.Lyrics.Ttml;

/// <summary>Translations and romanisations of a line and of its background vocals.</summary>
internal sealed class TtmlLayers
{
    public Texts Main { get; } = new();

    public Texts Background { get; } = new();

    /// <summary>By language, either way.</summary>
    internal sealed class Texts
    {
        public ImmutableSortedDictionary<string, string> Translations { get; private set; } = LyricLine.NoTexts;

        public ImmutableSortedDictionary<string, string> Romanisations { get; private set; } = LyricLine.NoTexts;

        public void Add(bool romanised, string language, string text)
        {
            if (text.Length == 0)
            {
                return;
            }

            if (romanised)
            {
                Romanisations = Romanisations.SetItem(language, text);
            }
            else
            {
                Translations = Translations.SetItem(language, text);
            }
        }

        public void AddAll(Texts others)
        {
            Translations = Translations.SetItems(others.Translations);
            Romanisations = Romanisations.SetItems(others.Romanisations);
        }
    }
}
