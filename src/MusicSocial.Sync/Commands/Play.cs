namespace MusicSocial.Sync.Commands;

/// <summary>The music runs, from where it stands or with the first queued item. Running music runs on.</summary>
/// <param name="By">User id of a DJ or the host.</param>
public sealed record Play(string By) : RoomCommand
{
    internal override Room ApplyTo(Room room, Moment at) =>
        room.Require(By, RoomRole.Dj).Timeline.IsPlaying ? room : room.Run(at.Start);
}
