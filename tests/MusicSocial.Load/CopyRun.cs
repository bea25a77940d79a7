using System.Diagnostics;
using Dapper;
using MusicSocial.TestRig;
using Npgsql;

namespace MusicSocial.Load;

/// <summary>An embedded hub with 1,000,000 comments moves to PostgreSQL by the documented command; beside PostgreSQL copying the comments within itself.</summary>
internal static class CopyRun
{
    public static async Task MeasureAsync(Report report)
    {
        await using var postgres = await PostgresServer.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var (folder, _) = await ManyComments.PrepareAsync();
        var watch = Stopwatch.StartNew();
        using (var copying = Process.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.dll"), "copy", "--from", folder, "--to", database]))
        {
            await copying.WaitForExitAsync();
            if (copying.ExitCode != 0)
                throw new InvalidOperationException($"The copy ended with {copying.ExitCode}.");
        }

        var took = watch.Elapsed;
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        watch.Restart();
        await connection.ExecuteAsync("CREATE TABLE again (LIKE comments INCLUDING ALL); INSERT INTO again SELECT * FROM comments", commandTimeout: 600);
        report.Add(
            $"moving a hub with {ManyComments.Count:N0} comments from SQLite to PostgreSQL (`copy`)",
            $"{took.TotalSeconds:F1} s, {ManyComments.Count / took.TotalSeconds:N0} comments/s",
            $"`INSERT ... SELECT` of the same rows within PostgreSQL: {watch.Elapsed.TotalSeconds:F1} s; ratio {took / watch.Elapsed:F1}");
        Directory.Delete(folder, recursive: true);
    }
}
