using System.Data.Common;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Catalog;

/// <summary>
/// Finds tracks by what people type: first those whose title begins with it, then those that hold all its words (as
/// beginnings) in title, artist or album; each group by title. Nothing typed lists everything by title.
/// </summary>
internal sealed class TrackSearch(SearchStore store, BasePath basePath)
{
    private const int MaxQueryLength = 200;

    /// <summary>A term with fewer index entries is looked up by itself; a more frequent one is met often enough on the way through the titles.</summary>
    private const int Rare = 5_000;

    /// <summary>Of several terms, two with fewer entries each are looked up together. The bound of what one search may count.</summary>
    private const int Frequent = 20_000;

    private sealed record After(bool InTitles, string TitleKey, string Id);

    private sealed record Hit(Track Track, After Place);

    public async Task<Page<Track>> PageAsync(string? query, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var after = Cursor.Decode<After>(cursor);
        if (cursor is not null && after is { TitleKey: null } or { Id: null })
            throw new RefusedException(Refusals.BadCursor);
        var size = Cursor.Limit(limit);
        var hits = await store.ReadAsync(connection => FindAsync(connection, Typed(query), after, size + 1), cancellationToken);
        var page = Cursor.ToPage(hits, size, hit => hit.Place);
        return new Page<Track>([.. page.Items.Select(hit => hit.Track)], page.Next);
    }

    private static string Typed(string? query) =>
        SearchText.Fold(query is { Length: > MaxQueryLength } ? query[..MaxQueryLength] : query ?? "");

    private async Task<List<Hit>> FindAsync(DbConnection connection, string typed, After? after, int take)
    {
        var hits = new List<Hit>(take);
        if (after is null or { InTitles: true })
        {
            var from = after is null ? new TitlePlace(typed, "") : new TitlePlace(after.TitleKey, after.Id);
            Add(await SearchStore.TitlesBetweenAsync(connection, from, typed + SearchStore.End, take), inTitles: true);
        }

        if (hits.Count < take && typed.Length > 0)
        {
            var from = after is { InTitles: false } ? new TitlePlace(after.TitleKey, after.Id) : new TitlePlace("", "");
            Add(await MatchesAsync(connection, typed, from, take - hits.Count), inTitles: false);
        }

        return hits;

        void Add(IEnumerable<TrackRow> rows, bool inTitles) =>
            hits.AddRange(rows.Select(row => new Hit(row.ToCatalogTrack(basePath).Track, new After(inTitles, row.TitleKey, row.Id))));
    }

    private static async Task<IEnumerable<TrackRow>> MatchesAsync(
        DbConnection connection, string typed, TitlePlace from, int take)
    {
        var terms = typed.Split(' ').Select(SearchText.Cut).Distinct().Take(SearchStore.MaxTerms).ToList();
        var counted = new List<(string Term, int Entries)>();
        foreach (var term in terms)
            counted.Add((term, await SearchStore.CountWordsAsync(connection, term, Frequent)));
        counted.Sort((a, b) => a.Entries.CompareTo(b.Entries));

        var rarest = counted[0];
        var second = counted.Count > 1 && counted[1].Entries < Frequent ? counted[1] : rarest;
        return rarest.Entries < Rare || second != rarest
            ? await SearchStore.MatchesByWordAsync(connection, rarest.Term, second.Term, terms, typed, from, take)
            : await SearchStore.MatchesByTitleAsync(connection, terms, typed, from, take);
    }
}
