using MusicSocial.Realtime.Cluster;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>A room at a revision.</summary>
/// <param name="Revision">Grows by one with every accepted change.</param>
/// <param name="Room">The room then; <see cref="Room.AdvanceTo"/> brings it to the present.</param>
internal sealed record LiveRoom(long Revision, Room Room)
{
    public string Id => Room.Id;

    /// <summary>Name of the room's topic, and of its live state and its presence too.</summary>
    public string Topic => TopicOf(Room.Id);

    public static string TopicOf(string roomId) => "room:" + roomId;

    public static LiveRoom From(RevisionedDocument document) => new(document.Revision, RoomDocument.Read(document.Bytes.Span));

    public RevisionedDocument ToDocument() => new(Revision, RoomDocument.Write(Room));
}
