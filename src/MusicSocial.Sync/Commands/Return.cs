namespace MusicSocial.Sync.Commands;

/// <summary>Somebody is here after all: interrupted music goes on.</summary>
public sealed record Return : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at) => room.Reopen(at);
}
