using System.Xml.Linq;
using MusicSocial.DemoMusic.Covers;

namespace MusicSocial.DemoMusic.Tests.Covers;

public sealed class CoverPainterTests
{
    [Fact]
    public void A_cover_is_well_formed_and_always_the_same()
    {
        foreach (var song in SongShelf.All())
        {
            var svg = CoverPainter.Paint(song);
            Assert.Equal("svg", XDocument.Parse(svg).Root?.Name.LocalName);
            Assert.Equal(svg, CoverPainter.Paint(song));
        }
    }

    [Fact]
    public void Colours_are_mixed_in_even_parts() => Assert.Equal("#404080", Palette.Mix("#000000", "#8080ff", 0.5));
}
