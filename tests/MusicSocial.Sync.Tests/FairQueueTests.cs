using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests;

public sealed class FairQueueTests
{
    // Numbers stand for people; the first is whose song plays.
    private static readonly Arbitrary<int[]> Queues = Arb.From(Gen.ArrayOf(Gen.Choose(0, 4)));

    private static PlayQueue Queue(int[] people)
    {
        var queue = people.Aggregate(PlayQueue.Empty, (queue, person) => queue.Add("t", Song, $"u{person}"));
        return people.Length % 2 == 0 ? queue : queue.Next();
    }

    private static void Holds(Func<PlayQueue, bool> property) =>
        Prop.ForAll(Queues, people => property(Queue(people))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string[] People(PlayQueue queue) => [.. queue.Upcoming.Select(item => item.AddedBy)];

    [Fact]
    public void No_song_is_lost_and_everyone_keeps_their_own_order() => Holds(queue =>
    {
        var fair = FairQueue.InTurn(queue);
        foreach (var person in People(queue).Distinct())
        {
            Assert.Equal(queue.Upcoming.Where(item => item.AddedBy == person), fair.Upcoming.Where(item => item.AddedBy == person));
        }

        return fair.Upcoming.Length == queue.Upcoming.Length && fair.Current == queue.Current;
    });

    [Fact]
    public void Of_those_who_still_wait_none_is_more_than_one_song_ahead_of_another() => Holds(queue => IsFair(FairQueue.InTurn(queue)));

    [Fact]
    public void What_is_in_turn_stays_as_it_is_while_it_plays() => Holds(queue =>
    {
        for (var fair = FairQueue.InTurn(queue); !fair.IsEmpty; fair = fair.Next())
        {
            Assert.Equal(fair.Upcoming.AsEnumerable(), FairQueue.InTurn(fair).Upcoming);
        }

        return true;
    });

    [Fact]
    public void A_queue_to_which_songs_come_one_by_one_is_in_turn() => Holds(queue =>
    {
        var grown = PlayQueue.Empty;
        foreach (var person in People(queue))
        {
            grown = grown.Insert(FairQueue.PlaceFor(grown, person), "t", Song, person);
            Assert.True(IsFair(grown));
        }

        return true;
    });

    [Fact]
    public void A_newcomer_comes_before_the_second_songs_of_others()
    {
        var room = With("ann", "ben").Do(new ChangeSettings(Host, settings => settings with { FairQueue = true }, null), 0)
            .Do(new Enqueue("ann", "a1", Song, "1"), 1).Do(new Enqueue("ann", "a2", Song, "2"), 1).Do(new Enqueue("ann", "a3", Song, "3"), 1)
            .Do(new Enqueue("ben", "b1", Song, "1"), 2).Do(new Enqueue("ben", "b2", Song, "2"), 2);
        Assert.Equal(["a1", "b1", "a2", "b2", "a3"], room.Queue.Upcoming.Select(item => item.TrackId));
        room = room.Do(new Play(Host), 3).Do(new Enqueue(Host, "h1", Song, "1"), 4);
        Assert.Equal(["b1", "h1", "a2", "b2", "a3"], room.Queue.Upcoming.Select(item => item.TrackId));
    }

    [Fact]
    public void Turning_it_on_puts_what_waits_in_turn_and_a_dj_still_moves_songs()
    {
        var room = With("ann").Do(new Enqueue("ann", "a1", Song, "1"), 1).Do(new Enqueue("ann", "a2", Song, "2"), 1).Do(new Enqueue(Host, "h1", Song, "1"), 1);
        var change = room.Change(new ChangeSettings(Host, settings => settings with { FairQueue = true }, null), 2);
        change.Tells(new QueueChanged(), new SettingsChanged());
        Assert.Equal(["a1", "h1", "a2"], change.Room.Queue.Upcoming.Select(item => item.TrackId));
        var moved = change.Room.Do(new MoveQueued(Host, change.Room.Queue.Upcoming[2].ItemId, 0), 3).Do(new Enqueue(Host, "h2", Song, "2"), 4);
        Assert.Equal(["a2", "a1", "h1", "h2"], moved.Queue.Upcoming.Select(item => item.TrackId));
    }

    [Fact]
    public void The_share_of_a_listener_is_the_hosts_to_choose()
    {
        var room = With("ann").Do(new ChangeSettings(Host, settings => settings with { QueueShare = 1 }, null), 0).Do(new Enqueue("ann", "a1", Song, "1"), 1);
        Assert.Equal("room.queue_share", room.RefusalOf(new Enqueue("ann", "a2", Song, "2"), 2));
        Assert.Equal("room.invalid_settings", room.RefusalOf(new ChangeSettings(Host, settings => settings with { QueueShare = 0 }, null), 3));
    }

    private static bool IsFair(PlayQueue queue)
    {
        var songs = queue.Current is { } current ? queue.Upcoming.Insert(0, current) : queue.Upcoming;
        for (var played = 0; played <= songs.Length; played++)
        {
            var waiting = songs[played..].Select(item => item.AddedBy).Distinct();
            var counts = waiting.Select(person => songs[..played].Count(item => item.AddedBy == person)).ToArray();
            if (counts.Length > 0 && counts.Max() - counts.Min() > 1)
            {
                return false;
            }
        }

        return true;
    }
}
