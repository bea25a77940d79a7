using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace MusicSocial.Server.Storage;

/// <summary>Brings a database to the schema this binary knows, one numbered file at a time, and refuses one from the future.</summary>
internal static partial class Migrations
{
    private sealed record Migration(int Number, string Name, string Sql);

    public static void Apply(DbConnection connection, Dialect dialect, TimeProvider time, ILogger logger)
    {
        using var transaction = connection.BeginTransaction();
        // Nodes that start together take turns: the first one migrates, the others find it done.
        dialect.Lock(connection, "migrations");
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number        INTEGER PRIMARY KEY,
                name          TEXT    NOT NULL,
                applied_at_ms BIGINT  NOT NULL
            )
            """,
            transaction: transaction);
        var applied = connection.Query<int>("SELECT number FROM schema_migrations ORDER BY number", transaction: transaction).ToHashSet();
        var known = Known();
        RefuseNewer(applied, known);

        foreach (var migration in known.Where(migration => !applied.Contains(migration.Number)))
        {
            connection.Execute(dialect.Translate(migration.Sql), transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migrations (number, name, applied_at_ms) VALUES (@Number, @Name, @AppliedAtMs)",
                new { migration.Number, migration.Name, AppliedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction);
            LogApplied(logger, migration.Number, migration.Name);
        }

        transaction.Commit();
    }

    private static void RefuseNewer(HashSet<int> applied, IReadOnlyList<Migration> known)
    {
        var newest = known.Count == 0 ? 0 : known[^1].Number;
        if (applied.Count > 0 && applied.Max() > newest)
        {
            throw new InvalidOperationException(
                $"The database has schema {applied.Max()}, but this version of MusicSocial knows only schema {newest}. " +
                "Start the version that wrote it, or a newer one; nothing was changed.");
        }
    }

    private static List<Migration> Known()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Load(assembly, name))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Load(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[(resource.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..^".sql".Length].TrimStart('_');
        return new Migration(int.Parse(name.Split('_')[0], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Number} ({Name}).")]
    private static partial void LogApplied(ILogger logger, int number, string name);
}
