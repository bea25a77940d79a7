namespace MusicSocial.Sync;

/// <summary>Someone the room knows: everyone with a role, and the listeners of a small room.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Role">What they may do here.</param>
/// <param name="Present">Whether they are here. Absent listeners are forgotten, absent role holders keep their role.</param>
/// <param name="Since">When they last came, or left when absent.</param>
public sealed record RoomMember(string UserId, RoomRole Role, bool Present, HubTime Since);
