using MusicSocial.Sync.Commands;
using static MusicSocial.Sync.Tests.RoomScenes;

namespace MusicSocial.Sync.Tests.Commands;

public sealed class ElectorateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Those_who_came_a_moment_ago_do_not_vote_yet()
    {
        var room = Playing("ann").Do(new Join("bot"), 10);
        var refused = Assert.Throws<RefusedException>(() => room.Do(new VoteSkip("bot", room.Timeline.ItemId, new Electorate(3, Minute)), 30));
        Assert.Equal(("room.vote_too_soon", TimeSpan.FromSeconds(40)), (refused.Refusal.Code, refused.Refusal.RetryAfter));
        Assert.Single(room.Do(new VoteSkip("bot", room.Timeline.ItemId, new Electorate(3, Minute)), 70).SkipVotes);
    }

    [Fact]
    public void Newcomers_are_not_needed_for_a_majority()
    {
        var room = Playing("ann", "ben").Do(new Join("bot1"), 70).Do(new Join("bot2"), 70).Do(new Join("bot3"), 70);
        var electorate = new Electorate(6, Minute);
        Assert.Equal(3, electorate.CountIn(room, At(80)));
        room = room.Do(new VoteSkip("ann", room.Timeline.ItemId, electorate), 80);
        Assert.Equal("t2", room.Do(new VoteSkip("ben", room.Timeline.ItemId, electorate), 81).Timeline.TrackId);
    }

    [Fact]
    public void Host_and_djs_count_from_the_first_second()
    {
        var room = Playing().Do(new Join("dj"), 70).Do(new SetRole(Host, "dj", RoomRole.Dj), 70);
        Assert.Equal("t2", room.Do(new VoteSkip("dj", room.Timeline.ItemId, new Electorate(2, Minute)), 71).Timeline.TrackId);
    }

    [Fact]
    public void Bots_do_not_skip_a_song_by_saying_they_cannot_play_it()
    {
        var room = Playing("ann");
        var electorate = new Electorate(6, Minute);
        for (var number = 1; number <= 4; number++)
        {
            room = room.Do(new Join($"bot{number}"), 70).Do(new CannotPlay($"bot{number}", room.Timeline.ItemId, electorate), 71);
        }

        Assert.Equal("t1", room.Timeline.TrackId);
        Assert.Equal(4, room.Unable.Length);
    }

    [Fact]
    public void A_newcomers_complaint_counts_once_they_do()
    {
        var room = Playing().Do(new Join("ann"), 30).Do(new CannotPlay("ann", "q1", new Electorate(2, Minute)), 31);
        Assert.Equal("t1", room.Timeline.TrackId);
        Assert.Equal("t2", room.Do(new CannotPlay(Host, "q1", new Electorate(2, Minute)), 95).Timeline.TrackId);
    }

    [Fact]
    public void Where_the_room_does_not_know_the_voter_the_caller_says_when_they_came()
    {
        var room = Playing();
        Assert.Equal("room.vote_too_soon", room.RefusalOf(new VoteSkip("late", room.Timeline.ItemId, new Electorate(90, Minute, At(30))), 60));
        Assert.Single(room.Do(new VoteSkip("late", room.Timeline.ItemId, new Electorate(90, Minute, At(0))), 60).SkipVotes);
    }
}
