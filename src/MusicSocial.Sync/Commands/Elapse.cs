namespace MusicSocial.Sync.Commands;

/// <summary>Nothing but time passes: tracks that ended are followed by the next.</summary>
public sealed record Elapse : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, Moment at) => room;
}
