namespace MusicSocial.Sync;

/// <summary>Who finds a room.</summary>
public enum RoomVisibility
{
    /// <summary>Everyone, in the directory.</summary>
    Public,

    /// <summary>Those who were given its code or link.</summary>
    Private,
}
