namespace MusicSocial.Client.Connection;

/// <summary>Whether a call may be made again when nobody knows what became of it.</summary>
internal enum Repeatability
{
    /// <summary>Doing it twice is doing it once.</summary>
    Repeatable,

    /// <summary>Doing it twice would be doing it twice.</summary>
    Once,
}
