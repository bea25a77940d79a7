using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>Who is in a room, as presence counts them: the room itself knows only some of them by name.</summary>
/// <param name="Count">How many people are present.</param>
/// <param name="Some">A few of them, in no particular order.</param>
public sealed record Crowd(int Count, ImmutableArray<string> Some)
{
    /// <summary>Nobody.</summary>
    public static Crowd Nobody { get; } = new(0, []);
}
