using MusicSocial.Sync.Commands;

namespace MusicSocial.Sync.Tests;

/// <summary>Rooms to begin a test with, and short ways to act in them.</summary>
internal static class RoomScenes
{
    public const string Host = "host";

    public static readonly TimeSpan Song = TimeSpan.FromSeconds(100);

    public static readonly TimeSpan NoLead = LeadTime.Shortest;

    public static HubTime At(double seconds) => HubTime.FromMs(1_700_000_000_000) + TimeSpan.FromSeconds(seconds);

    /// <summary>The instant at which music set going at that second starts.</summary>
    public static HubTime StartAt(double seconds) => At(seconds) + LeadTime.Shortest;

    public static Room Opened() => Room.Open("r1", "ABCDEF", new RoomSettings { Name = "Kitchen" }, passwordHash: null, Host, At(0));

    public static Room WithHost() => Opened().Do(new Join(Host), 0);

    public static Room With(params string[] listeners) =>
        listeners.Aggregate(WithHost(), (room, userId) => room.Do(new Join(userId), 0));

    public static Room Queued(this Room room, params string[] tracks) =>
        tracks.Aggregate(room, (queued, track) => queued.Do(new Enqueue(Host, track, Song, "c-" + track), 0));

    /// <summary>So many are present, and all of them count.</summary>
    public static Electorate Of(int present) => new(present, TimeSpan.Zero);

    /// <summary>A room whose host plays the first of three tracks, from second zero on.</summary>
    public static Room Playing(params string[] listeners) => With(listeners).Queued("t1", "t2", "t3").Do(new Play(Host), 0);

    public static Room Do(this Room room, RoomCommand command, double atSeconds) => room.Change(command, atSeconds).Room;

    public static RoomChange Change(this Room room, RoomCommand command, double atSeconds) => room.Apply(command, At(atSeconds), NoLead);

    public static string RefusalOf(this Room room, RoomCommand command, double atSeconds) =>
        Assert.Throws<RefusedException>(() => room.Change(command, atSeconds)).Refusal.Code;

    /// <summary>Holds when members are told exactly this, in this order.</summary>
    public static void Tells(this RoomChange change, params RoomEvent[] events) => Assert.Equal(events, change.Events.AsEnumerable());
}
