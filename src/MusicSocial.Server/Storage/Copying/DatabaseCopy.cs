using System.Data.Common;
using System.Xml.Linq;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace MusicSocial.Server.Storage.Copying;

/// <summary>Streams every table of an embedded database into an empty PostgreSQL one, in one transaction: all of it is there, or nothing.</summary>
internal sealed class DatabaseCopy
{
    private const string Keys = "data_protection_keys";
    private const int RowsBetweenReports = 1000;

    private readonly DbConnection _source;
    private readonly DbConnection _target;
    private readonly IProgress<(string Step, long Done, long? Total)> _progress;

    private DatabaseCopy(DbConnection source, DbConnection target, IProgress<(string Step, long Done, long? Total)> progress) =>
        (_source, _target, _progress) = (source, target, progress);

    /// <summary>
    /// Copies the rows of an embedded hub and the keys in its folder, so that its users stay signed in. Both databases are brought to the schema of this
    /// version first; there is no time limit.
    /// </summary>
    /// <param name="from">The embedded hub.</param>
    /// <param name="to">An empty database, as an Npgsql connection string.</param>
    /// <param name="progress">Told the rows copied of each table.</param>
    /// <returns>Each table with its number of rows.</returns>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(
        StorageOptions from, string to, IProgress<(string Step, long Done, long? Total)> progress)
    {
        await using var source = new SqliteEngine(from, TimeProvider.System, NullLogger.Instance);
        await using var target = new PostgresEngine(
            new StorageOptions { Postgres = $"{to};Command Timeout=0" }, TimeProvider.System, NullLogger.Instance);
        await using var reading = source.Open();
        await using var writing = target.Open();
        return await new DatabaseCopy(reading, writing, progress).RunAsync(from.KeyFolder);
    }

    private async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(string keyFolder)
    {
        // A hub that still runs on the file must wait: what it wrote now would be left behind.
        await _source.ExecuteAsync("BEGIN IMMEDIATE");
        var tables = await CopiedTable.AllAsync(_source);
        await using var transaction = await _target.BeginTransactionAsync();
        await _target.ExecuteAsync($"LOCK TABLE {string.Join(", ", tables.Select(table => table.Name))} IN EXCLUSIVE MODE");
        foreach (var table in tables)
        {
            if (await _target.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table.Name})"))
                throw new InvalidOperationException($"The target is not empty: {table.Name} has rows.");
        }

        var copied = new List<(string Table, long Rows)>();
        foreach (var table in tables.Where(table => table.Name != Keys))
            copied.Add((table.Name, await CopyAsync(table)));
        copied.Add((Keys, await CopyKeysAsync(keyFolder)));
        await transaction.CommitAsync();
        await _target.ExecuteAsync("ANALYZE", commandType: System.Data.CommandType.Text);
        return copied;
    }

    private async Task<long> CopyAsync(CopiedTable table)
    {
        var count = $"SELECT COUNT(*) FROM {table.Name}";
        var before = await _source.ExecuteScalarAsync<long>(count);
        await using (var reader = await _source.ExecuteReaderAsync($"SELECT {table.ColumnList} FROM {table.Name}"))
        {
            await using var writer = await ((NpgsqlConnection)_target).BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
            writer.Timeout = Timeout.InfiniteTimeSpan;
            for (long row = 1; await reader.ReadAsync(); row++)
            {
                await writer.StartRowAsync();
                for (var i = 0; i < table.Columns.Count; i++)
                    await WriteAsync(writer, reader.GetValue(i));
                if (row % RowsBetweenReports == 0 || row == before)
                    _progress.Report((table.Name, row, before));
            }

            await writer.CompleteAsync();
        }

        var after = await _target.ExecuteScalarAsync<long>(count);
        return before == after ? after : throw new InvalidOperationException($"{table.Name} has {before} rows, but {after} arrived.");
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object value) => value switch
    {
        long number => writer.WriteAsync(number, NpgsqlDbType.Bigint),
        double number => writer.WriteAsync(number, NpgsqlDbType.Double),
        byte[] bytes => writer.WriteAsync(bytes, NpgsqlDbType.Bytea),
        // PostgreSQL's texts cannot hold U+0000.
        string text => writer.WriteAsync(text.Replace('\0', '\uFFFD'), NpgsqlDbType.Text),
        _ => writer.WriteNullAsync(),
    };

    private async Task<long> CopyKeysAsync(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        foreach (var file in files)
        {
            var (name, xml) = (Path.GetFileNameWithoutExtension(file), XElement.Load(file).ToString(SaveOptions.DisableFormatting));
            await _target.ExecuteAsync($"INSERT INTO {Keys} (name, xml) VALUES (@name, @xml)", new { name, xml });
        }

        return files.Length;
    }
}

/// <summary>A table of an embedded database.</summary>
internal sealed record CopiedTable(string Name, IReadOnlyList<string> Columns)
{
    public string ColumnList => string.Join(", ", Columns);

    /// <summary>All tables, each after those it refers to.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> AllAsync(DbConnection source)
    {
        var waiting = (await source.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' AND name NOT LIKE 'sqlite_%' ORDER BY name")).ToList();
        var ordered = new List<CopiedTable>();
        while (waiting.Count > 0)
        {
            foreach (var name in waiting.ToList())
            {
                var referred = await source.QueryAsync<string>("SELECT \"table\" FROM pragma_foreign_key_list(@name)", new { name });
                if (referred.Any(other => other != name && waiting.Contains(other)))
                    continue;
                var columns = await source.QueryAsync<string>("SELECT name FROM pragma_table_info(@name) ORDER BY cid", new { name });
                ordered.Add(new CopiedTable(name, [.. columns]));
                waiting.Remove(name);
            }
        }

        return ordered;
    }
}
