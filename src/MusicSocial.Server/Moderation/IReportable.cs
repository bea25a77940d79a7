namespace MusicSocial.Server.Moderation;

/// <summary>A thing that was found for a reporter.</summary>
/// <param name="Id">Its id, in its one spelling.</param>
/// <param name="AuthorId">Whose it is; null when no one person's.</param>
/// <param name="Excerpt">What it says.</param>
internal sealed record ReportedThing(string Id, string? AuthorId, string? Excerpt);

/// <summary>
/// Makes the things of a slice reportable. Moderation lies below the slices whose things it decides about; by this interface they answer.
/// </summary>
internal interface IReportable
{
    /// <summary>The kind on the wire, e.g. <c>comment</c>.</summary>
    string Kind { get; }

    /// <summary>The thing, if there is one and the reporter may see it; null otherwise.</summary>
    Task<ReportedThing?> FindAsync(string id, string reporterId, CancellationToken cancellationToken);

    /// <summary>A report was upheld: takes the thing away, as far as it can be. Doing so twice is doing so once.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
