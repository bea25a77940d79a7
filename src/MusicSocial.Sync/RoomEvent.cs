namespace MusicSocial.Sync;

/// <summary>Something about a room that its members are told. What it is now stands in the room itself.</summary>
public abstract record RoomEvent;

/// <summary>Someone the room knows came.</summary>
public sealed record MemberJoined(string UserId, RoomRole Role) : RoomEvent;

/// <summary>Someone the room knew left.</summary>
public sealed record MemberLeft(string UserId, RoomRole Role) : RoomEvent;

/// <summary>A member has another role.</summary>
public sealed record RoleChanged(string UserId, RoomRole Role) : RoomEvent;

/// <summary>The music runs along another line.</summary>
public sealed record TimelineChanged : RoomEvent;

/// <summary>The current item or what comes next is another.</summary>
public sealed record QueueChanged : RoomEvent;

/// <summary>The room is run differently, or by another host.</summary>
public sealed record SettingsChanged : RoomEvent;

/// <summary>A start waits for others than before, or for nobody.</summary>
public sealed record WaitingChanged : RoomEvent;

/// <summary>An item was skipped because it could not be played.</summary>
public sealed record ItemUnplayable(string TrackId) : RoomEvent;

/// <summary>The room is no more.</summary>
public sealed record RoomClosed : RoomEvent;
