namespace MusicSocial.Faults.History;

/// <summary>Something one client did or saw, in the order in which it did.</summary>
internal abstract record Entry(string Client);

/// <summary>A comment is about to be posted; its text is unique.</summary>
internal sealed record Sent(string Client, string Text) : Entry(Client);

/// <summary>The hub said that a comment is durable.</summary>
internal sealed record Acknowledged(string Client, string Text, string CommentId) : Entry(Client);

/// <summary>The hub announced: start again from this.</summary>
/// <param name="Connection">Grows with every connection of this client.</param>
/// <param name="Comments">The comments of the snapshot.</param>
/// <param name="IsWhole">Whether the snapshot holds every comment there is.</param>
internal sealed record Started(
    string Client, int Connection, string Epoch, long Offset, IReadOnlyList<SeenComment> Comments, bool IsWhole) : Entry(Client);

/// <summary>A stretch of offsets was delivered.</summary>
/// <param name="From">First offset of the stretch.</param>
/// <param name="To">Last offset of the stretch.</param>
/// <param name="IsSample">Whether it was announced that some are left out.</param>
/// <param name="Events">What was shown of it.</param>
internal sealed record Delivered(
    string Client, int Connection, string Epoch, long From, long To, bool IsSample, IReadOnlyList<SeenEvent> Events) : Entry(Client);

/// <summary>An event as delivered; the comment it posted, when it is of that type.</summary>
internal sealed record SeenEvent(long Offset, SeenComment? Posted);

/// <summary>A comment as seen.</summary>
internal sealed record SeenComment(string Id, string Text);
