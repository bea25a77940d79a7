using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Server.Playback;
using static MusicSocial.Server.Tests.Playback.Observations;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>What holds for every person, whatever their devices say and in whatever order it comes.</summary>
public sealed class PlaybackPropertyTests
{
    private static readonly string[] Devices = ["tab", "phone", "desk"];

    // Up to 15 observations within 25 s: inside the window in which late ones are put in their place.
    private static readonly Gen<PlaybackObservation> AnyObservation =
        from device in Gen.Elements(Devices)
        from kind in Gen.Choose(0, 3)
        from at in Gen.Choose(0, 2_500)
        from position in Gen.Choose(0, 100)
        from track in Gen.Elements("a", "b")
        select kind switch
        {
            0 => Paused(device, at / 100.0, position, track),
            1 => Stopped(device, at / 100.0),
            _ => Playing(device, at / 100.0, position, track, exact: kind == 2),
        };

    private static readonly Gen<PlaybackObservation[]> AnyStory =
        from length in Gen.Choose(1, 15)
        from story in Gen.ArrayOf(AnyObservation, length)
        select story;

    [Fact]
    public void Reordered_and_repeated_reports_converge() => Holds(
        from story in AnyStory
        from shuffled in Gen.Shuffle(story)
        from repeats in Gen.Shuffle(story)
        select (story.Order().ToArray(), shuffled.Concat(repeats).ToArray()),
        pair =>
        {
            var (inOrder, confused) = (Person(pair.Item1), Person(pair.Item2));
            foreach (var seconds in new[] { 25.0, 50, 80, 300, 700 })
                Assert.Equal(inOrder.ActiveAt(At(seconds)), confused.ActiveAt(At(seconds)));
        });

    [Fact]
    public void There_is_at_most_one_now_playing_and_it_is_one_of_the_devices_newest() => Holds(
        from story in AnyStory
        from later in Gen.Choose(0, 60)
        select (story, later),
        pair =>
        {
            var now = At(25 + pair.later);
            var newest = pair.story.GroupBy(observation => observation.DeviceId).Select(device => device.Max()!).ToArray();
            var heard = Person(pair.story).ActiveAt(now);

            if (heard is null)
                Assert.DoesNotContain(newest, observation => observation.State == PlaybackState.Paused);
            else
                Assert.Contains(newest, observation => observation.DeviceId == heard.Device.DeviceId && observation.State == heard.State && observation.Track == heard.Track);
            if (heard?.State == PlaybackState.Paused)
                Assert.DoesNotContain(newest, observation => observation.State == PlaybackState.Playing && Person(observation).ActiveAt(now) is not null && observation.IsExact);
        });

    [Fact]
    public void Whatever_was_reported_ten_minutes_of_silence_leave_nothing() => Holds(
        AnyStory,
        story =>
        {
            var later = At(25) + PlaybackRules.GoneAfter + TimeSpan.FromTicks(1);
            Assert.Null(Person(story).ActiveAt(later));
            Assert.True(Person(story).Expire(later).IsEmpty);
        });

    [Fact]
    public void Expiring_changes_nothing_that_is_active() => Holds(
        from story in AnyStory
        from later in Gen.Choose(0, 1_300)
        select (story, later),
        pair =>
        {
            HubTime now = At(pair.later);
            Assert.Equal(Person(pair.story).ActiveAt(now), Person(pair.story).Expire(now).ActiveAt(now));
        });

    private static void Holds<T>(Gen<T> stories, Action<T> property) =>
        Prop.ForAll(Arb.From(stories), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
