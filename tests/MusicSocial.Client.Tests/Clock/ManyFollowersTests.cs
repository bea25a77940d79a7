using System.Globalization;
using MusicSocial.Client.Clock;
using Xunit.Abstractions;

namespace MusicSocial.Client.Tests.Clock;

/// <summary>How exactly people agree on where the music is does not depend on how many they are.</summary>
public sealed class ManyFollowersTests(HubFixture fixture, ITestOutputHelper output) : IClassFixture<HubFixture>
{
    private const int Looks = 100;

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public async Task Everybody_is_where_the_others_are_within_what_they_promise(int members)
    {
        var people = new List<MusicSocialClient>();
        try
        {
            for (var number = 0; number < members; number++)
                people.Add(await TestHub.GuestAsync(fixture.Hub.Address));
            var opened = await people[0].Rooms.OpenAsync("Sixteen");
            var rooms = await Task.WhenAll(people.Select(person => person.Rooms.JoinAsync(opened.Id)));
            var track = await people[0].FirstTrackAsync();
            await rooms[0].EnqueueAsync(track.Id);
            await rooms[0].PlayAsync();
            await Task.WhenAll(people.Select(person => person.Clock.WhenReadyAsync()));
            await Task.WhenAll(rooms.Select(room => HearsAsync(room.WatchAsync())));
            // The first burst of probes.
            await Task.Delay(TimeSpan.FromSeconds(1));

            var apart = new List<double>();
            for (var look = 0; look < Looks; look++)
            {
                Compare(people.ConvertAll(person => person.Clock), rooms[0].State.Timeline, apart);
                await Task.Delay(10);
            }

            apart.Sort();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{members} members: apart by p50 {apart[apart.Count / 2]:0.000} ms, p95 {apart[apart.Count * 95 / 100]:0.000} ms, at most {apart[^1]:0.000} ms"));
        }
        finally
        {
            await Task.WhenAll(people.Select(person => person.DisposeAsync().AsTask()));
        }
    }

    // Each clock is read between two readings of the first one, so that the time reading takes is not taken for a distance.
    private static void Compare(List<HubClock> clocks, TimelineView line, List<double> apart)
    {
        foreach (var clock in clocks.Skip(1))
        {
            var before = clocks[0].PositionOf(line).TotalMilliseconds;
            var theirs = clock.PositionOf(line).TotalMilliseconds;
            var after = clocks[0].PositionOf(line).TotalMilliseconds;
            var distance = Math.Max(0, Math.Max(before - theirs, theirs - after));
            Assert.True(
                distance <= (clocks[0].Uncertainty + clock.Uncertainty).TotalMilliseconds,
                string.Create(CultureInfo.InvariantCulture, $"apart by {distance} ms, although {clocks[0].Uncertainty} and {clock.Uncertainty} were promised"));
            apart.Add(distance);
        }
    }

    private static async Task HearsAsync(IAsyncEnumerable<RoomView> states)
    {
        await foreach (var state in states)
        {
            if (state.Timeline.Rate > 0)
                return;
        }
    }
}
