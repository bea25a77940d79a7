using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Covers;

/// <summary>Paints a song's cover from its palette, layers and seed: the same score always has the same cover.</summary>
internal static class CoverPainter
{
    private static readonly Dictionary<string, Action<Canvas, Performance>> Layers = new()
    {
        ["dusk"] = (canvas, _) => Landscape.Dusk(canvas),
        ["night"] = (canvas, _) => Landscape.Night(canvas),
        ["sun"] = (canvas, _) => Landscape.Sun(canvas),
        ["stars"] = (canvas, _) => Landscape.Stars(canvas),
        ["hills"] = (canvas, _) => Landscape.Hills(canvas),
        ["water"] = (canvas, _) => Landscape.Water(canvas),
        ["birds"] = (canvas, _) => Landscape.Birds(canvas),
        ["rays"] = (canvas, _) => Ornament.Rays(canvas),
        ["stone-stars"] = (canvas, _) => Ornament.StoneStars(canvas),
        ["wheel"] = (canvas, _) => Ornament.Wheel(canvas),
        ["boat"] = (canvas, _) => Ornament.Boat(canvas),
        ["belfry"] = (canvas, _) => Ornament.Belfry(canvas),
        ["branch"] = (canvas, _) => Botany.Branch(canvas),
        ["petals"] = (canvas, _) => Botany.Petals(canvas),
        ["berries"] = (canvas, _) => Botany.Berries(canvas),
        ["herbs"] = (canvas, _) => Botany.Herbs(canvas),
        ["notes"] = NoteSpiral.Paint,
    };

    public static string Paint(Performance performance)
    {
        var design = performance.Score.Cover;
        var canvas = new Canvas(new Palette(design.Palette), new Random(performance.Score.Seed));
        foreach (var name in design.Layers)
        {
            var layer = Layers.GetValueOrDefault(name) ?? throw new FormatException($"{performance.Score.Title}: no cover layer is called '{name}'.");
            layer(canvas, performance);
        }
        return canvas.ToString();
    }
}
