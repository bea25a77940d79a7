using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Lyrics;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Sync;
using static MusicSocial.Server.Tests.Playback.Observations;

namespace MusicSocial.Server.Tests.Playback.Cues;

public sealed class CueCursorTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    private static readonly CueScript Script = new(
        "song",
        new LyricSheet
        {
            Lines =
            [
                new LyricLine { StartMs = 1_000, Text = "One two", Words = [new(1_000, 1_400, "One "), new(1_400, 2_000, "two")] },
                new LyricLine { StartMs = 3_000, Text = "Three" },
                new LyricLine { StartMs = 5_000, Text = "" },
                new LyricLine { StartMs = 9_000, Text = "Four" },
            ],
        },
        Duration);

    [Fact]
    public void Each_cue_is_sent_up_to_200_ms_ahead_and_stamped_with_when_it_is_due()
    {
        var sent = Play(Playing(0), untilSeconds: 10);

        Assert.Equal(["One two", "One ", "two", "Three", "", "Four"], sent.Select(one => one.Cue.Text));
        Assert.All(sent, one =>
        {
            Assert.Equal(At(one.Cue.StartMs / 1000).Ms, one.Cue.DueAtMs, 3);
            Assert.InRange(one.Cue.DueAtMs - one.At.Ms, 190, 200);
        });
    }

    [Fact]
    public void At_double_speed_cues_are_due_in_half_the_time()
    {
        var sent = Play(Playing(0) with { Rate = 2 }, untilSeconds: 10);

        Assert.Equal(At(4.5).Ms, sent[^1].Cue.DueAtMs, 3);
    }

    [Fact]
    public void A_paused_timeline_sends_nothing()
    {
        var cursor = CueCursor.At(Script, Playing(0).PausedAt(At(0.5)), At(0.5));

        Assert.Null(cursor.NextAt);
        Assert.Empty(cursor.Advance(At(60)).Cues);
    }

    [Fact]
    public void A_display_that_joins_in_the_middle_is_shown_the_line_and_the_word_being_sung()
    {
        var shown = CueCursor.At(Script, Playing(0), At(1.5)).Shown(At(1.5));

        Assert.Equal([(null, "One two", At(1).Ms), (1, "two", At(1.4).Ms)], shown.Select(cue => (cue.Word, cue.Text, cue.DueAtMs)));
    }

    [Fact]
    public void A_cue_sent_ahead_of_a_pause_is_sent_again_when_it_is_really_due()
    {
        var (sent, ahead) = CueCursor.At(Script, Playing(2), At(2)).Advance(At(2.9));
        Assert.Equal("Three", Assert.Single(sent).Text);

        var paused = ahead.Retime(ahead.Timeline.PausedAt(At(2.9)), At(2.9)).After;
        var (resumed, isJump) = paused.Retime(paused.Timeline.PlayingFrom(TimeSpan.FromSeconds(2.9), At(20)), At(20));

        Assert.False(isJump);
        Assert.Equal(At(20.1).Ms, Assert.Single(resumed.Advance(At(20)).Cues).DueAtMs, 3);
    }

    [Fact]
    public void A_seek_is_a_jump_and_skips_what_lies_between()
    {
        var (after, isJump) = CueCursor.At(Script, Playing(0), At(0)).Retime(Playing(0).PlayingFrom(TimeSpan.FromSeconds(8), At(0.5)), At(0.5));

        Assert.True(isJump);
        Assert.Equal("Four", Assert.Single(after.Advance(At(1.5)).Cues).Text);
    }

    [Fact]
    public void Small_corrections_send_nothing_twice()
    {
        var (_, sent) = CueCursor.At(Script, Playing(2), At(2)).Advance(At(3));

        var (corrected, isJump) = sent.Retime(Playing(0).PlayingFrom(TimeSpan.FromSeconds(2.8), At(3)), At(3));

        Assert.False(isJump);
        Assert.Empty(corrected.Advance(At(3.5)).Cues);
    }

    [Fact]
    public void A_clock_that_steps_ahead_sends_what_it_stepped_over_once_and_in_order()
    {
        var (stepped, after) = CueCursor.At(Script, Playing(0), At(0)).Advance(At(8.9));

        Assert.Equal(["One two", "One ", "two", "Three", "", "Four"], stepped.Select(cue => cue.Text));
        Assert.Empty(after.Advance(At(8.9)).Cues);
        Assert.Null(after.NextAt);
    }

    [Fact]
    public void A_clock_that_steps_back_repeats_nothing()
    {
        var (_, sent) = CueCursor.At(Script, Playing(0), At(0)).Advance(At(3));

        var (again, after) = sent.Advance(At(0.5));

        Assert.Empty(again);
        Assert.Equal("", Assert.Single(after.Advance(At(4.9)).Cues).Text);
    }

    [Fact]
    public void A_skip_begins_the_next_song_with_its_own_lines()
    {
        var other = new CueScript("other", new LyricSheet { Lines = [new LyricLine { StartMs = 500, Text = "Next song" }] }, Duration);
        var timeline = Playing(0).PlayingFrom(TimeSpan.Zero, At(4)) with { TrackId = "other" };

        var cue = Assert.Single(CueCursor.At(other, timeline, At(4)).Advance(At(4.4)).Cues);

        Assert.Equal(("other", "Next song", At(4.5).Ms), (cue.TrackId, cue.Text, Math.Round(cue.DueAtMs, 3)));
    }

    // Plays, pauses, seeks and changes of rate at random: every start the music passes over is sent once, none while it stands.
    [Fact]
    public void Whatever_the_music_does_every_crossing_is_sent_exactly_once() =>
        Prop.ForAll(
            Arb.From(
                from steps in Gen.Choose(1, 12)
                from script in Gen.ArrayOf(
                    from kind in Gen.Choose(0, 3)
                    from to in Gen.Choose(0, 100)
                    from wait in Gen.Choose(3, 40)
                    select (kind, to, wait),
                    steps)
                select script),
            script =>
            {
                var now = 0.0;
                var timeline = Playing(0);
                var cursor = CueCursor.At(Script, timeline, At(0));
                var pending = new List<Cue>();
                foreach (var (kind, to, wait) in script)
                {
                    var before = timeline.PositionAt(At(now));
                    timeline = kind switch
                    {
                        0 => timeline.PausedAt(At(now)),
                        // A second and more away: less might be a correction.
                        1 => timeline.PlayingFrom(TimeSpan.FromSeconds(before.TotalSeconds > 5 ? to / 25.0 : 6 + (to / 25.0)), At(now)),
                        2 => timeline.PlayingFrom(before, At(now)) with { Rate = 0.5 + (to % 3) },
                        _ => timeline.PlayingFrom(before, At(now)),
                    };
                    (cursor, var isJump) = cursor.Retime(timeline, At(now));
                    // What was announced but never reached, because the music stopped or went elsewhere.
                    if (isJump || kind == 0)
                        pending.RemoveAll(cue => cue.DueAtMs > At(now).Ms);

                    var (from, until) = (timeline.PositionAt(At(now)), timeline.PositionAt(At(now + (wait / 10.0))));
                    for (var tick = 0; tick < wait * 10; tick++)
                    {
                        (var cues, cursor) = cursor.Advance(At(now + (tick / 100.0)));
                        pending.AddRange(cues);
                    }

                    now += wait / 10.0;
                    var crossed = Script.Points.Where(point => point.StartMs > from.TotalMilliseconds && point.StartMs < until.TotalMilliseconds - 20).ToArray();
                    foreach (var point in crossed)
                        Assert.Single(pending, cue => cue.Line == point.Line && cue.Word == point.Word);
                    pending.RemoveAll(cue => cue.StartMs <= until.TotalMilliseconds);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Timeline Playing(double fromSeconds) =>
        new("song", ItemId: null, TimeSpan.FromSeconds(fromSeconds), At(fromSeconds), Rate: 1, Duration);

    private static List<(HubTime At, Cue Cue)> Play(Timeline timeline, double untilSeconds)
    {
        var sent = new List<(HubTime, Cue)>();
        var cursor = CueCursor.At(Script, timeline, At(0));
        for (var now = At(0); now < At(untilSeconds); now += TimeSpan.FromMilliseconds(5))
        {
            (var cues, cursor) = cursor.Advance(now);
            sent.AddRange(cues.Select(cue => (now, cue)));
        }

        return sent;
    }
}
