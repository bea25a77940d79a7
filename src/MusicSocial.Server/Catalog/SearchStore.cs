using System.Data.Common;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Catalog;

/// <summary>The place after which a list by title goes on.</summary>
internal readonly record struct TitlePlace(string TitleKey, string Id);

/// <summary>
/// Search as indexed ranges, in plain SQL that SQLite and PostgreSQL share (texts compared byte by byte). Every list is in title order
/// and begins after a place, so a page costs the same at any depth.
/// </summary>
internal sealed class SearchStore(Database database)
{
    /// <summary>Appended to a prefix, sorts after every text that begins with it.</summary>
    public const string End = "\U0010FFFF";

    /// <summary>Terms of one query that must all be found; further ones are ignored.</summary>
    public const int MaxTerms = 6;

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        database.ReadAsync(read, cancellationToken);

    internal const string TitlesBetween =
        $"""
        SELECT {TrackRow.Columns}
        FROM tracks
        WHERE present = 1 AND (title_key, id) > (@TitleKey, @Id) AND title_key < @end
        ORDER BY title_key, id
        LIMIT @take
        """;

    /// <summary>Tracks whose title is after <paramref name="after"/> and before <paramref name="end"/>.</summary>
    public static Task<IEnumerable<TrackRow>> TitlesBetweenAsync(DbConnection connection, TitlePlace after, string end, int take) =>
        connection.QueryAsync<TrackRow>(TitlesBetween, new { after.TitleKey, after.Id, end, take });

    internal const string CountWords =
        """
        SELECT COUNT(*)
        FROM (SELECT 1 AS hit FROM track_words WHERE word >= @word AND word < @end LIMIT @atMost) AS hits
        """;

    /// <summary>How many entries of the word index begin with a term, counted only up to a bound.</summary>
    public static Task<int> CountWordsAsync(DbConnection connection, string term, int atMost) =>
        connection.ExecuteScalarAsync<int>(CountWords, new { word = term, end = term + End, atMost });

    internal const string MatchesByWord =
        $"""
        SELECT {TrackRow.Columns}
        FROM (
            SELECT track_id FROM track_words WHERE word >= @rarest AND word < @rarestEnd
            INTERSECT
            SELECT track_id FROM track_words WHERE word >= @second AND word < @secondEnd) AS hits
        CROSS JOIN tracks
        WHERE tracks.id = hits.track_id AND present = 1 AND (title_key, id) > (@TitleKey, @Id)
          AND (title_key < @prefix OR title_key >= @prefixEnd)
          AND words LIKE @like1 AND words LIKE @like2 AND words LIKE @like3 AND words LIKE @like4 AND words LIKE @like5 AND words LIKE @like6
        ORDER BY title_key, id
        LIMIT @take
        """;

    /// <summary>Tracks that hold all terms, found where the entries of two of them meet (or from one, given twice): right when these are not many.</summary>
    public static Task<IEnumerable<TrackRow>> MatchesByWordAsync(
        DbConnection connection, string rarest, string second, IReadOnlyList<string> terms, string prefix, TitlePlace after, int take)
    {
        var parameters = Matches(terms, prefix, after, take);
        parameters.AddDynamicParams(new { rarest, rarestEnd = rarest + End, second, secondEnd = second + End });
        return connection.QueryAsync<TrackRow>(MatchesByWord, parameters);
    }

    internal const string MatchesByTitle =
        $"""
        SELECT {TrackRow.Columns}
        FROM tracks
        WHERE present = 1 AND (title_key, id) > (@TitleKey, @Id)
          AND (title_key < @prefix OR title_key >= @prefixEnd)
          AND words LIKE @like1 AND words LIKE @like2 AND words LIKE @like3 AND words LIKE @like4 AND words LIKE @like5 AND words LIKE @like6
        ORDER BY title_key, id
        LIMIT @take
        """;

    /// <summary>Tracks that hold all terms, found by walking the titles: right when so many match that a page is soon full.</summary>
    public static Task<IEnumerable<TrackRow>> MatchesByTitleAsync(
        DbConnection connection, IReadOnlyList<string> terms, string prefix, TitlePlace after, int take) =>
        connection.QueryAsync<TrackRow>(MatchesByTitle, Matches(terms, prefix, after, take));

    private static DynamicParameters Matches(IReadOnlyList<string> terms, string prefix, TitlePlace after, int take)
    {
        var parameters = new DynamicParameters(new { after.TitleKey, after.Id, prefix, prefixEnd = prefix + End, take });
        for (var i = 0; i < MaxTerms; i++)
            parameters.Add($"like{i + 1}", i < terms.Count ? Pattern(terms[i]) : "%");
        return parameters;
    }

    // Folded terms hold letters and digits only, never a wildcard.
    private static string Pattern(string term) => SearchText.IsUnspaced(term) ? $"%{term}%" : $"% {term}%";
}
