namespace MusicSocial.Server.Rooms;

/// <summary>Types of the events and signals of a <c>room:</c> topic.</summary>
internal static class RoomMessages
{
    public const string MemberJoined = "member.joined";
    public const string MemberLeft = "member.left";
    public const string MemberRole = "member.role";
    public const string Timeline = "timeline";
    public const string Queue = "queue";
    public const string Settings = "settings";
    public const string Chat = "chat";
    public const string ChatCleared = "chat.cleared";
    public const string ChatRemoved = "chat.removed";
    public const string Unplayable = "unplayable";
    public const string Waiting = "waiting";
    public const string Closed = "room.closed";

    /// <summary>On <c>me:</c>: a user asks to be let in.</summary>
    public const string Knock = "knock";

    /// <summary>On <c>me:</c>: a user was let in, or not.</summary>
    public const string KnockAnswered = "knock.answered";

    /// <summary>Signal: how many are present.</summary>
    public const string Listeners = "listeners";

    /// <summary>Signal: how far a vote to skip is.</summary>
    public const string Votes = "votes";

    /// <summary>Signal to one connection: its person was removed.</summary>
    public const string Kicked = "kicked";
}
