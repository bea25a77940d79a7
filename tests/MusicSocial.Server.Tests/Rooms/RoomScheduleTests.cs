using MusicSocial.Server.Rooms;

namespace MusicSocial.Server.Tests.Rooms;

public sealed class RoomScheduleTests
{
    private readonly RoomSchedule _schedule = new();

    [Fact]
    public void Rooms_come_out_when_their_track_has_ended()
    {
        _schedule.Set("a", At(30));
        _schedule.Set("b", At(10));
        _schedule.Set("c", At(20));

        Assert.Equal(At(10), _schedule.Next);
        Assert.Equal(["b", "c"], _schedule.TakeEnded(At(20)));
        Assert.Equal(At(30), _schedule.Next);
    }

    [Fact]
    public void Only_the_latest_end_of_a_room_counts()
    {
        _schedule.Set("a", At(10));
        _schedule.Set("a", At(40));
        Assert.Empty(_schedule.TakeEnded(At(20)));
        _schedule.Set("a", null);

        Assert.Null(_schedule.Next);
        Assert.Empty(_schedule.TakeEnded(At(50)));
    }

    [Fact]
    public void A_waiting_loop_is_woken_only_for_an_earlier_end()
    {
        _schedule.Set("a", At(10));
        var sooner = _schedule.Sooner;
        _schedule.Set("b", At(20));
        Assert.False(sooner.IsCompleted);

        _schedule.Set("c", At(5));

        Assert.True(sooner.IsCompleted);
    }

    private static HubTime At(int seconds) => HubTime.FromMs(seconds * 1000);
}
