namespace MusicSocial.Realtime.Cluster;

/// <summary>A document at a revision.</summary>
/// <param name="Revision">Starts at 1 and grows by one with every accepted write.</param>
/// <param name="Bytes">The document; its format is the owner's business.</param>
/// <param name="Position">
/// Head of the topic of the same name at that moment: every event up to it is already contained in the document. Null when the topic has no
/// events, or when the document was never live.
/// </param>
public sealed record RevisionedDocument(long Revision, ReadOnlyMemory<byte> Bytes, TopicPosition? Position = null);

/// <summary>
/// Live documents changed by compare-and-set: any node may write, the loser reads again. The change and the events that
/// announce it are one atomic step, so the topic's order is the order of revisions. A document that was neither read nor written for long may be dropped:
/// its owner keeps the truth elsewhere and seeds it again.
/// </summary>
public interface IRevisionedState
{
    /// <summary>The document under <paramref name="key"/>, or null when none is live.</summary>
    ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Writes revision <paramref name="expectedRevision"/> + 1 and appends <paramref name="events"/> to the topic of the same name. Answers the
    /// written document; null, with nothing changed, when the live revision is another. Expected 0 means "no document yet".
    /// A document may be seeded at a higher revision (from the database) with <see cref="SeedAsync"/>.
    /// </summary>
    ValueTask<RevisionedDocument?> TryWriteAsync(
        string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken);

    /// <summary>Puts a stored document in place unless one of the same or a higher revision is live; returns the live one.</summary>
    ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken);
}
