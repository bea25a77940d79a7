namespace MusicSocial.Lyrics.Tests.Vectors;

public sealed class TimelineVectorTests
{
    public static TheoryData<string> Timelines =>
        [.. LyricVector.All.Values.Where(vector => vector.Kind == "timeline").Select(vector => vector.Id)];

    [Theory]
    [MemberData(nameof(Timelines))]
    public void At_every_probed_position_the_right_lines_are_active(string id)
    {
        var vector = LyricVector.All[id];
        var active = new ActiveLines(new VectorSheet(vector.Lines!).ToSheet(), vector.DurationMs);

        Assert.All(vector.Probes!, probe =>
        {
            var moment = active.At(probe.TMs);
            Assert.Equal(probe.Active, moment.Active);
            Assert.Equal(probe.Next, moment.Next);
            Assert.Equal(probe.Interlude, moment.Interlude);
        });
    }
}
