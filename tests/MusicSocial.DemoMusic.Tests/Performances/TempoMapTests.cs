using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Tests.Performances;

public sealed class TempoMapTests
{
    [Fact]
    public void Time_adds_up_over_tempo_changes()
    {
        var tempo = new TempoMap([(0, 60), (960, 120), (1920, 30)]);
        Assert.Equal(TimeSpan.Zero, tempo.TimeAt(0));
        Assert.Equal(TimeSpan.FromSeconds(1.5), tempo.TimeAt(720));
        Assert.Equal(TimeSpan.FromSeconds(2), tempo.TimeAt(960));
        Assert.Equal(TimeSpan.FromSeconds(3), tempo.TimeAt(1920));
        Assert.Equal(TimeSpan.FromSeconds(7), tempo.TimeAt(2880));
    }

    [Fact]
    public void A_map_without_a_first_tempo_is_refused() => Assert.Throws<ArgumentException>(() => new TempoMap([(480, 60)]));
}
