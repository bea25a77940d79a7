using System.Data;
using Dapper;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>How the database under test goes about a statement, in its own words.</summary>
internal static class QueryPlan
{
    private sealed record SqliteStep
    {
        public string Detail { get; init; } = "";
    }

    /// <summary>The steps, one a line.</summary>
    public static Task<string> OfAsync(Database database, string sql, object parameters) =>
        database.ReadAsync(
            async connection => string.Join(
                '\n',
                TestStores.AreCluster
                    ? await connection.QueryAsync<string>($"EXPLAIN {sql}", parameters)
                    : (await connection.QueryAsync<SqliteStep>($"EXPLAIN QUERY PLAN {sql}", parameters)).Select(step => step.Detail)),
            CancellationToken.None);

    /// <summary>Counts what is stored, as PostgreSQL's planner wants it; SQLite's goes by the indexes.</summary>
    public static Task CountRowsAsync(Database database) =>
        TestStores.AreCluster
            ? database.WriteAsync(connection => connection.ExecuteAsync("ANALYZE", commandType: CommandType.Text), CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>Asserts that an index is read and, where it gives the order, nothing is sorted.</summary>
    public static void AssertWalks(string plan, string index)
    {
        Assert.Matches(TestStores.AreCluster ? $"Index( Only)? Scan( Backward)? using {index} " : $"USING (COVERING )?INDEX {index}", plan);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    /// <summary>The same, and that the index is entered where <paramref name="column"/> begins, so that page n costs no more than the first.</summary>
    public static void AssertBegins(string plan, string index, string column)
    {
        AssertWalks(plan, index);
        Assert.Matches(TestStores.AreCluster ? $@"Index Cond: .*\({column} < " : $@"\(.*AND {column}<\?\)", plan);
    }
}
