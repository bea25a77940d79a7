namespace MusicSocial.Sync.Commands;

/// <summary>Something that is to happen to a room. Applied with <see cref="Room.Apply"/>.</summary>
public abstract record RoomCommand
{
    /// <summary>Whether the command makes sense in a vacant room.</summary>
    internal virtual bool AppliesToVacant => false;

    /// <summary>The room afterwards, or a <see cref="RefusedException"/>; the same object when nothing is to change.</summary>
    /// <param name="room">The room, advanced to the present.</param>
    /// <param name="at">The present.</param>
    internal abstract Room ApplyTo(Room room, CommandTime at);
}

/// <summary>Nothing but time passes: tracks that ended are followed by the next.</summary>
public sealed record AdvanceTime : RoomCommand
{
    internal override bool AppliesToVacant => true;

    internal override Room ApplyTo(Room room, CommandTime at) => room;
}
