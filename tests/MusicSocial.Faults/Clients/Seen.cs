using MusicSocial.Faults.History;

namespace MusicSocial.Faults.Clients;

/// <summary>Wire records in the words of a history.</summary>
internal static class Seen
{
    public static SeenEvent Of(TopicEvent happened) => new(
        happened.Offset, happened.Type == "comment.posted" ? Of(happened.ReadData<Comment>()) : null);

    public static SeenComment Of(Comment comment) => new(comment.Id, comment.Text);

    public static Started Of(string client, int connection, TopicPosition position, TrackSnapshot snapshot) => new(
        client, connection, position.Epoch, position.Offset, [.. snapshot.Comments.Select(Of)], snapshot.Comments.Count == snapshot.Total);
}
