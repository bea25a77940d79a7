using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>
/// What a command made of a room. The events are read off the difference between before and after, once and here, so no rule
/// can forget to announce what it changed.
/// </summary>
/// <param name="Room">The room afterwards; the very same object when nothing changed.</param>
/// <param name="Events">What members are told, in order.</param>
public sealed record RoomChange(Room Room, ImmutableArray<RoomEvent> Events)
{
    /// <summary>The change that leads from one state of a room to another.</summary>
    public static RoomChange Between(Room before, Room after)
    {
        if (ReferenceEquals(before, after))
        {
            return new(after, []);
        }

        var events = ImmutableArray.CreateBuilder<RoomEvent>();
        if (before.Members != after.Members)
        {
            AddMembers(events, before, after);
        }

        if (before.Queue.Current != after.Queue.Current || before.Queue.Upcoming != after.Queue.Upcoming)
        {
            events.Add(new QueueChanged());
        }

        if (before.Timeline != after.Timeline)
        {
            events.Add(new TimelineChanged());
        }

        if (after.Unplayable is { } unplayable && before.Unplayable != unplayable)
        {
            events.Add(new ItemUnplayable(unplayable.TrackId));
        }

        if (before.Awaited != after.Awaited)
        {
            events.Add(new WaitingChanged());
        }

        if (before.Settings != after.Settings || before.PasswordHash != after.PasswordHash || before.HostId != after.HostId
            || before.ChatPausedUntil != after.ChatPausedUntil)
        {
            events.Add(new SettingsChanged());
        }

        if (before.Cleared != after.Cleared)
        {
            events.AddRange(after.Cleared.Except(before.Cleared).Select(cleared => new ChatCleared(cleared)));
        }

        if (!before.Closed && after.Closed)
        {
            events.Add(new RoomClosed());
        }

        return new(after, events.ToImmutable());
    }

    private static void AddMembers(ImmutableArray<RoomEvent>.Builder events, Room before, Room after)
    {
        foreach (var was in before.Members)
        {
            if (was.Present && after.Member(was.UserId) is not { Present: true })
            {
                events.Add(new MemberLeft(was.UserId, was.Role));
            }
        }

        foreach (var member in after.Members)
        {
            var was = before.Member(member.UserId);
            if (member.Present && was is not { Present: true })
            {
                events.Add(new MemberJoined(member.UserId, member.Role));
            }
            else if ((was?.Role ?? RoomRole.Listener) != member.Role)
            {
                events.Add(new RoleChanged(member.UserId, member.Role));
            }
        }
    }
}

/// <summary>Something about a room that its members are told. What it is now stands in the room itself.</summary>
public abstract record RoomEvent;

/// <summary>A user the room knows joined.</summary>
public sealed record MemberJoined(string UserId, RoomRole Role) : RoomEvent;

/// <summary>A user the room knew left.</summary>
public sealed record MemberLeft(string UserId, RoomRole Role) : RoomEvent;

/// <summary>A member has another role.</summary>
public sealed record RoleChanged(string UserId, RoomRole Role) : RoomEvent;

/// <summary>The music runs along another line.</summary>
public sealed record TimelineChanged : RoomEvent;

/// <summary>The current item or what comes next is another.</summary>
public sealed record QueueChanged : RoomEvent;

/// <summary>What a user said in the chat was cleared.</summary>
public sealed record ChatCleared(ClearedChat Cleared) : RoomEvent;

/// <summary>The room is run differently, or by another host.</summary>
public sealed record SettingsChanged : RoomEvent;

/// <summary>A start waits for others than before, or for none.</summary>
public sealed record WaitingChanged : RoomEvent;

/// <summary>An item was skipped because it could not be played.</summary>
public sealed record ItemUnplayable(string TrackId) : RoomEvent;

/// <summary>The room is no more.</summary>
public sealed record RoomClosed : RoomEvent;
