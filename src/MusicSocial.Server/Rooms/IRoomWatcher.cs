using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Hears who is in which room on this node and where its music is, whichever node it was changed on. Register one or many in the service
/// collection; calls come in order per room, right after the change was heard of, and must only enqueue.
/// </summary>
internal interface IRoomWatcher
{
    /// <summary>Somebody came in, or came back, and hears this.</summary>
    void Arrived(string roomId, string userId, Timeline timeline);

    /// <summary>Somebody left for good: by their own will, kicked, or gone longer than the grace.</summary>
    void Left(string roomId, string userId);

    /// <summary>The music runs along another line for everyone present on this node.</summary>
    void TimelineChanged(string roomId, Timeline timeline, IReadOnlyCollection<string> present);

    /// <summary>Whether this watcher needs to hear of a room nobody on this node is in.</summary>
    bool Needs(string roomId);
}
