using Dapper;
using MusicSocial.Load.Generator;
using MusicSocial.TestRig;
using Npgsql;

namespace MusicSocial.Load.Fanout;

/// <summary>
/// 10,000 clients of the whole product lose their connections at once, miss comments, and all come back at once. PostgreSQL itself says how often its
/// tables were read meanwhile; the sweep over rooms, which reads two of them every few seconds whatever happens, waits meanwhile.
/// </summary>
internal static class StormRow
{
    public const string Name = "storm";

    private const int Clients = 10_000;
    private const int Songs = 8;

    // PostgreSQL's processes report what they did once they have been idle this long.
    private static readonly TimeSpan UntilCounted = TimeSpan.FromSeconds(12);

    public static async Task MeasureAsync(Readings readings)
    {
        await using var postgres = await PostgresServer.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        await using (var server = await MeasuredServer.ProductAsync(folder, "--postgres", database, "--Rooms:SweepEvery", "01:00:00"))
        {
            using var crowd = await ProductCrowd.GatherAsync(server, Clients + Songs, Songs);
            Delivering.Speak(new(Name, server, crowd, perSecond: 40) { Speech = Speech.Comments }, TimeSpan.FromSeconds(3));
            // One listener of each song stays and writes what the others miss.
            foreach (var listener in crowd.Listeners.Skip(Songs))
                crowd.Cut(listener);
            Delivering.Speak(new(Name, server, crowd, perSecond: 40) { Speech = Speech.Comments }, TimeSpan.FromSeconds(1));
            readings.Add(await ReturnAsync(server, crowd, database));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Reading> ReturnAsync(MeasuredServer server, Crowd crowd, string database)
    {
        crowd.RunFor(UntilCounted);
        var before = await TableReadsAsync(database);
        crowd.Findings.Clear();
        var (spent, took) = (server.ProcessorTime, crowd.Arrive(Clients, Delivering.Patience));
        var used = server.ProcessorTime - spent;
        crowd.RunFor(UntilCounted);
        var reads = (await TableReadsAsync(database)).Select(table => (table.Key, Reads: table.Value - before.GetValueOrDefault(table.Key))).ToList();
        var values = new Dictionary<string, double>
        {
            [Figures.Back] = took.TotalSeconds,
            [Figures.Reads] = reads.Sum(table => table.Reads),
            [Figures.RecoveredShare] = (double)crowd.Findings.Recovered / Clients,
            [Figures.Cpu] = used.TotalMicroseconds / Clients,
        };
        foreach (var (table, count) in reads.Where(table => table.Reads > 0))
            values[$"reads of {table}"] = count;
        return new(Name, server.Name, 0, values, [.. crowd.Findings.Flaws]);
    }

    private static async Task<Dictionary<string, long>> TableReadsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        var tables = await connection.QueryAsync<(string Table, long Reads)>(
            "SELECT relname, seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables ORDER BY relname");
        return tables.ToDictionary(table => table.Table, table => table.Reads);
    }
}
