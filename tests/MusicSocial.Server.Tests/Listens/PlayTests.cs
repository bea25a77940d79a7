using MusicSocial.Server.Listens;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Tests.Playback;
using static MusicSocial.Server.Tests.Playback.Observations;

namespace MusicSocial.Server.Tests.Listens;

[Trait("Stores", "both")]
public sealed class PlayTests
{
    [Fact]
    public void Half_a_track_makes_a_listen()
    {
        var story = new Story(Playing("tab", 0));

        Assert.False(story.At(89).IsDue);
        Assert.True(story.At(90).IsDue);
    }

    [Fact]
    public void Four_minutes_of_a_long_track_make_a_listen()
    {
        var story = new Story(Playing("tab", 0, minutes: 20));

        Assert.False(story.At(239).IsDue);
        Assert.True(story.At(240).IsDue);
    }

    [Fact]
    public void A_track_under_half_a_minute_never_counts() =>
        Assert.False(new Story(Playing("tab", 0, minutes: 0.49)).At(29).IsDue);

    [Fact]
    public void Seeking_ahead_is_not_hearing()
    {
        var story = new Story(Playing("tab", 0)).Then(10, Playing("tab", 10, position: 150));

        Assert.Equal(TimeSpan.FromSeconds(30), story.At(30).Listened);
        Assert.False(story.At(40).IsDue);
    }

    [Fact]
    public void A_pause_is_not_hearing()
    {
        var story = new Story(Playing("tab", 0)).Then(60, Paused("tab", 60, 60)).Then(500, Playing("tab", 500, 60));

        Assert.False(story.At(529).IsDue);
        Assert.True(story.At(530).IsDue);
    }

    [Fact]
    public void A_player_that_falls_silent_is_believed_for_45_seconds()
    {
        var play = Play.After(null, Person(Playing("tab", 0)).ActiveAt(At(0)), At(0));

        Assert.Equal(TimeSpan.FromSeconds(45), Play.After(play, Person(Playing("tab", 0)).ActiveAt(At(100)), At(100))!.Listened);
    }

    [Fact]
    public void A_play_counts_once_however_long_it_goes_on()
    {
        var counted = new Story(Playing("tab", 0)).At(90) with { IsCounted = true };

        Assert.False(Play.After(counted, Person(Playing("tab", 90, 90)).ActiveAt(At(130)), At(130))!.IsDue);
    }

    [Fact]
    public void A_song_repeated_counts_again()
    {
        var counted = new Story(Playing("tab", 0)).At(170) with { IsCounted = true };

        var again = Play.After(counted, Person(Playing("tab", 180)).ActiveAt(At(180)), At(180))!;

        Assert.False(again.IsCounted);
        Assert.Equal(At(180), again.StartedAt);
    }

    [Fact]
    public void Going_back_before_it_counted_starts_nothing_new()
    {
        var story = new Story(Playing("tab", 0)).Then(50, Playing("tab", 50, position: 0));

        Assert.True(story.At(90).IsDue);
    }

    /// <summary>One device, reporting every second what it does since its last observation.</summary>
    private sealed class Story(PlaybackObservation first)
    {
        private readonly List<(double From, PlaybackObservation PlaybackObservation)> _scenes = [(0, first)];

        public Story Then(double from, PlaybackObservation observation)
        {
            _scenes.Add((from, observation));
            return this;
        }

        public Play At(double seconds)
        {
            Play? play = null;
            for (var second = 0; second <= seconds; second++)
            {
                var now = Observations.At(second);
                var scene = _scenes.Last(scene => scene.From <= second).PlaybackObservation;
                var report = scene with { At = now, Timeline = scene.Timeline with { Anchor = scene.Timeline.PositionAt(now), AnchoredAt = now } };
                play = Play.After(play, Person(report).ActiveAt(now), now);
            }

            return play!;
        }
    }
}
