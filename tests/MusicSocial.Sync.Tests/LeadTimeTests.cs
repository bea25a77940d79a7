namespace MusicSocial.Sync.Tests;

public sealed class LeadTimeTests
{
    private static PathDelay Path(double roundTripMs, double jitterMs = 0) =>
        new(TimeSpan.FromMilliseconds(roundTripMs), TimeSpan.FromMilliseconds(jitterMs));

    private static double LeadOf(params PathDelay[] members) => LeadTime.For(members).TotalMilliseconds;

    [Fact]
    public void Nothing_known_takes_the_default() => Assert.Equal(LeadTime.Default, LeadTime.For([]));

    [Fact]
    public void Near_members_start_as_soon_as_they_can_be_ready() => Assert.Equal(141, LeadOf(Path(1), Path(2)));

    [Fact]
    public void A_lead_is_one_way_and_twice_the_jitter_and_time_to_prepare() => Assert.Equal(140 + 100 + 20, LeadOf(Path(200, 10)));

    [Fact]
    public void A_room_does_not_wait_for_the_slowest_tenth()
    {
        var nine = Enumerable.Repeat(Path(100), 9);
        Assert.Equal(190, LeadOf([.. nine, Path(9_000)]));
        Assert.Equal(400, LeadOf([.. nine, Path(9_000), Path(9_000)]));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-1, 0)]
    [InlineData(10, double.PositiveInfinity)]
    [InlineData(10_001, 0)]
    public void Impossible_paths_are_recognised(double roundTripMs, double jitterMs) => Assert.False(PathDelay.IsPlausible(roundTripMs, jitterMs));
}
