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

        public void AddTranslation(string language, string text) => Translations = With(Translations, language, text);

        public void AddRomanisation(string language, string text) => Romanisations = With(Romanisations, language, text);

        public void AddAll(Texts others)
        {
            Translations = Translations.SetItems(others.Translations);
            Romanisations = Romanisations.SetItems(others.Romanisations);
        }

        private static ImmutableSortedDictionary<string, string> With(
            ImmutableSortedDictionary<string, string> texts, string language, string text) =>
            text.Length == 0 ? texts : texts.SetItem(language, text);
    }
}
