namespace MusicSocial.Sync;

/// <summary>What a member may do, from least to most.</summary>
public enum RoomRole
{
    /// <summary>Hears, chats, votes, and queues where the room lets listeners queue.</summary>
    Listener,

    /// <summary>Also runs the music and keeps order among listeners.</summary>
    Dj,

    /// <summary>Also changes the room and gives roles. Every room has exactly one.</summary>
    Host,
}
