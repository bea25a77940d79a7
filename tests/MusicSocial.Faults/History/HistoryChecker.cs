namespace MusicSocial.Faults.History;

/// <summary>Judges what clients recorded by the promises of docs/protocol.md.</summary>
internal static class HistoryChecker
{
    /// <summary>What is wrong with a history, beside the truth that is left in the end.</summary>
    /// <param name="entries">What clients did and saw, each client's in order.</param>
    /// <param name="truth">Every comment of this history that is in the database, oldest first.</param>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<Entry> entries, IReadOnlyList<SeenComment> truth) =>
    [
        .. CheckPosts(entries, truth),
        .. entries.GroupBy(entry => entry.Client).SelectMany(client => CheckOrder(client.Key, [.. client])),
    ];

    /// <summary>The clients that do not see the truth (yet), each with a comment they miss or should not have.</summary>
    public static IReadOnlyList<Violation> CheckConvergence(IReadOnlyList<Entry> entries, IReadOnlyList<SeenComment> truth) =>
        [.. entries.GroupBy(entry => entry.Client).SelectMany(client => CheckView(client.Key, [.. client], truth))];

    private static IEnumerable<Violation> CheckPosts(IReadOnlyList<Entry> entries, IReadOnlyList<SeenComment> truth)
    {
        var stored = truth.ToLookup(comment => comment.Text);
        foreach (var acknowledged in entries.OfType<Acknowledged>())
        {
            if (stored[acknowledged.Text].All(comment => comment.Id != acknowledged.CommentId))
                yield return new Violation(Violation.Lost, $"{acknowledged.Client}: {acknowledged.Text} as {acknowledged.CommentId}");
        }

        var sent = entries.OfType<Sent>().Select(entry => entry.Text).ToHashSet();
        foreach (var text in stored)
        {
            if (text.Count() > 1)
                yield return new Violation(Violation.Doubled, $"{text.Key}: {string.Join(", ", text.Select(comment => comment.Id))}");
            if (!sent.Contains(text.Key))
                yield return new Violation(Violation.Phantom, text.Key);
        }
    }

    private static IEnumerable<Violation> CheckOrder(string client, IReadOnlyList<Entry> entries)
    {
        (string Epoch, long Offset)? at = null;
        var seen = new Dictionary<(string Epoch, string CommentId), long>();
        foreach (var entry in entries)
        {
            if (entry is Started started)
                at = (started.Epoch, started.Offset);
            if (entry is not Delivered delivered)
                continue;
            if (at != (delivered.Epoch, delivered.From - 1) || !IsOrderly(delivered))
                yield return new Violation(Violation.Hole, $"{client} at {at}: {Describe(delivered)}");
            foreach (var posted in delivered.Events.Where(happened => happened.Posted is not null))
            {
                if (!seen.TryAdd((delivered.Epoch, posted.Posted!.Id), posted.Offset))
                    yield return new Violation(Violation.Repeated, $"{client}: {posted.Posted.Text} at {posted.Offset} of {delivered.Epoch}");
            }

            at = (delivered.Epoch, delivered.To);
        }
    }

    private static bool IsOrderly(Delivered delivered)
    {
        var offsets = delivered.Events.Select(happened => happened.Offset).ToList();
        var inside = offsets.All(offset => offset >= delivered.From && offset <= delivered.To);
        var rising = offsets.Zip(offsets.Skip(1)).All(pair => pair.First < pair.Second);
        return inside && rising && (delivered.IsSample || offsets.Count == delivered.To - delivered.From + 1);
    }

    // A client that started from a snapshot reads what is older from history; from there on it must know everything.
    private static IEnumerable<Violation> CheckView(string client, IReadOnlyList<Entry> entries, IReadOnlyList<SeenComment> truth)
    {
        var last = entries.OfType<Started>().LastOrDefault();
        if (last is null)
            yield break;
        var since = entries.SkipWhile(entry => !ReferenceEquals(entry, last)).OfType<Delivered>().ToList();
        var known = last.Comments.Concat(since.SelectMany(delivered => delivered.Events).Select(happened => happened.Posted).OfType<SeenComment>())
            .Select(comment => comment.Id).ToHashSet();
        var oldest = last.IsWhole ? "" : last.Comments.Select(comment => comment.Id).Min(StringComparer.Ordinal) ?? "";
        var isSampled = since.Exists(delivered => delivered.IsSample);
        var missed = truth.FirstOrDefault(comment => string.CompareOrdinal(comment.Id, oldest) >= 0 && !known.Contains(comment.Id));
        if (missed is not null && !isSampled)
            yield return new Violation(Violation.Diverged, $"{client} at {last.Epoch} does not know {missed.Text}");
    }

    private static string Describe(Delivered delivered) =>
        $"{delivered.Epoch} {delivered.From}..{delivered.To} [{string.Join(' ', delivered.Events.Select(happened => happened.Offset))}] on connection {delivered.Connection}";
}
