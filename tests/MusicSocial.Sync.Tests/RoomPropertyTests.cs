using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Sync.Tests;

/// <summary>What holds in every room, whatever its members do and however time passes.</summary>
public sealed class RoomPropertyTests
{
    private static void Holds(Func<Step[], bool> property) =>
        Prop.ForAll(Step.Scripts, property).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120));

    [Fact]
    public void Any_order_of_commands_and_time_steps_leaves_a_valid_room() => Holds(script =>
    {
        var play = new RoomPlay();
        foreach (var step in script)
        {
            play.Do(step);
            Assert.Empty(RoomInvariants.Broken(play.Room));
        }

        return true;
    });

    [Fact]
    public void Advancing_in_one_step_equals_many_small_steps() => Holds(script =>
    {
        var play = new RoomPlay();
        Array.ForEach(script, step => play.Do(step));
        var later = play.Now + TimeSpan.FromMinutes(7);
        var inSteps = play.Room;
        for (var now = play.Now; now < later; now += TimeSpan.FromSeconds(13.37))
        {
            inSteps = inSteps.AdvanceTo(now);
        }

        return Same(play.Room.AdvanceTo(later), inSteps.AdvanceTo(later));
    });

    [Fact]
    public void A_repeated_command_id_changes_nothing() => Holds(script =>
    {
        var play = new RoomPlay();
        foreach (var step in script)
        {
            play.Do(step);
            if (play.Accepted is Enqueue enqueue)
            {
                var repeated = play.Room.Apply(enqueue, play.Now, LeadTime.Default);
                Assert.Same(play.Room, repeated.Room);
                Assert.Empty(repeated.Events);
            }
        }

        return true;
    });

    [Fact]
    public void An_accepted_skip_never_skips_again_whatever_happens_in_between() => Holds(script =>
    {
        var play = new RoomPlay();
        var skips = new List<Skip>();
        foreach (var step in script)
        {
            play.Do(step);
            Assert.DoesNotContain(skips, skip => skip.FromItemId == play.Room.Timeline.ItemId);
            if (play.Accepted is Skip skip)
            {
                skips.Add(skip);
            }
        }

        return true;
    });

    [Fact]
    public void A_room_survives_being_written_and_read() => Holds(script =>
    {
        var play = new RoomPlay();
        Array.ForEach(script, step => play.Do(step));
        var read = RoomDocument.Read(RoomDocument.Write(play.Room));
        return Same(read, play.Room) && Same(read.AdvanceTo(play.Now + TimeSpan.FromHours(1)), play.Room.AdvanceTo(play.Now + TimeSpan.FromHours(1)));
    });

    [Fact]
    public void Whatever_changed_was_told() => Holds(script =>
    {
        var play = new RoomPlay();
        foreach (var step in script)
        {
            var before = play.Room;
            var events = play.Do(step);
            Assert.Equal(before.Timeline != play.Room.Timeline, events.Contains(new TimelineChanged()));
            Assert.Equal(
                before.Members.Count(member => member.Present) + events.OfType<MemberJoined>().Count() - events.OfType<MemberLeft>().Count(),
                play.Room.Members.Count(member => member.Present));
        }

        return true;
    });

    private static bool Same(Room one, Room other) => RoomDocument.Write(one).AsSpan().SequenceEqual(RoomDocument.Write(other));
}
