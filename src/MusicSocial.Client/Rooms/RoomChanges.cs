namespace MusicSocial.Client.Rooms;

/// <summary>What an event does to a room. Doing it twice is doing it once: a snapshot may already contain it.</summary>
internal static class RoomChanges
{
    private const int ChatKept = 200;

    public static RoomView Apply(RoomView room, TopicEvent happened) => happened.Type switch
    {
        "timeline" => room with { Timeline = happened.ReadData<TimelineView>() },
        "waiting" => room with { Waiting = happened.ReadData<WaitingView>() is { UserIds.Count: > 0 } waiting ? waiting : null },
        "queue" => With(room, happened.ReadData<QueueView>()),
        "settings" => With(room, happened.ReadData<HostedSettingsView>()),
        "member.joined" => Joined(room, happened.ReadData<MemberMovedView>()),
        "member.left" => Left(room, happened.ReadData<MemberMovedView>()),
        "member.role" => With(room, happened.ReadData<RoleView>()),
        "chat.cleared" => Without(room, happened.ReadData<ClearedChatView>()),
        "chat" => room with { Chat = With(room.Chat ?? [], happened.ReadData<ChatMessage>()) },
        _ => room,
    };

    private static RoomView With(RoomView room, QueueView queue) =>
        room with { Queue = queue.Order is { } order ? InOrder(room, queue, order) : queue.Queue, Current = queue.Current };

    /// <summary>A long queue comes as its order; an item that is not known belongs to a state before the snapshot, and a later event removes it.</summary>
    private static IReadOnlyList<QueueItemView> InOrder(RoomView room, QueueView queue, IReadOnlyList<string> order)
    {
        var known = new Dictionary<string, QueueItemView>();
        foreach (var item in room.Queue.Append(room.Current).OfType<QueueItemView>().Concat(queue.Queue).Concat(queue.Added ?? []))
            known[item.ItemId] = item;
        return [.. order.Select(known.GetValueOrDefault).OfType<QueueItemView>()];
    }

    private static RoomView With(RoomView room, HostedSettingsView settings) =>
        room with { Settings = settings.WithoutHost(), Name = settings.Name, Visibility = settings.Visibility, HostId = settings.HostId };

    private static RoomView With(RoomView room, RoleView role) => room with
    {
        Members = [.. room.Members.Select(member => member.User.Id == role.UserId ? member with { Role = role.Role } : member)],
        HostId = role.Role == RoomRole.Host ? role.UserId : room.HostId,
    };

    private static RoomView Joined(RoomView room, MemberMovedView joined) => room with
    {
        Members = [.. room.Members.Where(member => member.User.Id != joined.User.Id), new MemberView(joined.User, joined.Role, Connected: true)],
        Listeners = room.Listeners + (room.Members.Any(member => member.User.Id == joined.User.Id && member.Connected) ? 0 : 1),
    };

    private static RoomView Left(RoomView room, MemberMovedView left) => room with
    {
        Members = [.. room.Members.Where(member => member.User.Id != left.User.Id)],
        Listeners = Math.Max(0, room.Listeners - (room.Members.Any(member => member.User.Id == left.User.Id) ? 1 : 0)),
    };

    private static RoomView Without(RoomView room, ClearedChatView cleared) => room with
    {
        Chat = [.. (room.Chat ?? []).Where(line => line.Author.Id != cleared.UserId || line.AtMs > cleared.UntilMs)],
    };

    private static IReadOnlyList<ChatMessage> With(IReadOnlyList<ChatMessage> chat, ChatMessage line) =>
        chat.Any(known => known.Id == line.Id) ? chat : [.. chat.TakeLast(ChatKept - 1), line];
}
