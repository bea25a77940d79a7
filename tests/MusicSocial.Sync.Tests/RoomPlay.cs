using System.Collections.Immutable;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Sync.Tests;

/// <summary>Plays a generated script on a room, the way a server would: presence is kept beside the room.</summary>
internal sealed class RoomPlay
{
    public const int Kinds = 29;

    private readonly SortedSet<string> _present = [];

    private int _commands;

    public Room Room { get; private set; } = RoomScenes.Opened();

    public HubTime Now { get; private set; } = RoomScenes.At(0);

    /// <summary>The command of the last step, if the room took it.</summary>
    public RoomCommand? Accepted { get; private set; }

    /// <summary>Lets the step's time pass, then tries its command; what members were told.</summary>
    public ImmutableArray<RoomEvent> Do(Step step)
    {
        Now += TimeSpan.FromMilliseconds(step.WaitMs);
        Accepted = null;
        try
        {
            var command = Command(step);
            var change = Room.Apply(command, Now, LeadTime.Default);
            (Room, Accepted) = (change.Room, command);
            return change.Events;
        }
        catch (RefusedException)
        {
            return [];
        }
    }

    private static string User(int number) => number == 0 ? RoomScenes.Host : $"u{number}";

    private RoomCommand Command(Step step)
    {
        var (by, other, item) = (User(step.Who), User(step.Whom), Item(step.Number));
        return step.Kind switch
        {
            0 or 1 => Arrive(by),
            2 => Depart(by),
            3 => _present.Count == 0 || step.Number % 2 == 0 ? Emptied() : new Rejoin(),
            4 => new Play(by),
            5 => new Pause(by),
            6 => new Seek(by, TimeSpan.FromSeconds(step.Number * 3)),
            7 or 8 => new Skip(by, Room.Timeline.ItemId),
            9 => new Previous(by),
            10 or 11 or 12 => new Enqueue(by, $"t{step.Number}", TimeSpan.FromSeconds(1 + Math.Abs(step.Number)), $"c{_commands++}"),
            13 => new RemoveQueued(by, item),
            14 => new MoveQueued(by, item, step.Number),
            15 or 16 => new VoteSkip(by, Room.Timeline.ItemId, new Electorate(_present.Count, TimeSpan.FromMinutes(1))),
            17 => new SetRole(by, other, (RoomRole)Math.Abs(step.Number % 4)),
            18 => Remove(by, other, RoomLimits.KickTime),
            26 => Remove(by, other, step.Number > 20 ? null : TimeSpan.FromMinutes(step.Number)),
            27 => step.Number % 2 == 0 ? new ClearChat(by, other) : new Unban(by, other),
            28 => new PauseChat(by, TimeSpan.FromMinutes(step.Number)),
            19 => new AdvanceTime(),
            22 or 23 => new Ready(by, Room.Timeline.ItemId),
            25 => new CannotPlay(by, Room.Timeline.ItemId, new Electorate(_present.Count, TimeSpan.FromMinutes(1))),
            24 => new StartNow(by, Room.Timeline.ItemId),
            20 when step.Number == 40 => new Close(by),
            21 when step.Number == 40 => new CloseByOperator(),
            _ => new ChangeSettings(by, settings => settings with { VoteSkipShare = step.Number / 20.0, AllowListenerQueue = step.Number > 3, WaitForAll = step.Number > 6, FairQueue = step.Number % 3 == 0 }, null),
        };
    }

    private Join Arrive(string userId)
    {
        if (Room.BanOf(userId, Now) is null)
        {
            _present.Add(userId);
        }

        return new(userId);
    }

    private Leave Depart(string userId)
    {
        _present.Remove(userId);
        return new(userId, new Occupancy(_present.Count, [.. _present]));
    }

    private Vacate Emptied()
    {
        _present.Clear();
        return new();
    }

    private Ban Remove(string by, string other, TimeSpan? length)
    {
        if (Room.RoleOf(by) > Room.RoleOf(other) && !Room.BelongsTo(other))
        {
            _present.Remove(other);
        }

        return new(by, other, length);
    }

    private string? Item(int number) =>
        Room.Queue.Upcoming is { IsEmpty: false } upcoming ? upcoming[Math.Abs(number) % upcoming.Length].ItemId : null;
}
