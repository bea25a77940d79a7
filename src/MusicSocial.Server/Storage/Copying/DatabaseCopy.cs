using System.Data.Common;
using System.Xml.Linq;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace MusicSocial.Server.Storage.Copying;

/// <summary>Streams every table of an embedded database into an empty PostgreSQL one, in one transaction: all of it is there, or nothing.</summary>
internal sealed class DatabaseCopy(DbConnection source, DbConnection target)
{
    private const string Keys = "data_protection_keys";

    /// <summary>Copies rows and the keys in <paramref name="keyFolder"/>, so that everybody stays signed in; returns what was copied.</summary>
    public async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(string keyFolder)
    {
        // A hub that still runs on the file must wait: what it wrote now would be left behind.
        await source.ExecuteAsync("BEGIN IMMEDIATE");
        var tables = await CopiedTable.AllAsync(source);
        await using var transaction = await target.BeginTransactionAsync();
        await target.ExecuteAsync($"LOCK TABLE {string.Join(", ", tables.Select(table => table.Name))} IN EXCLUSIVE MODE");
        foreach (var table in tables)
        {
            if (await target.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table.Name})"))
                throw new InvalidOperationException($"The target is not empty: {table.Name} has rows.");
        }

        var copied = new List<(string Table, long Rows)>();
        foreach (var table in tables.Where(table => table.Name != Keys))
            copied.Add((table.Name, await CopyAsync(table)));
        copied.Add((Keys, await CopyKeysAsync(keyFolder)));
        await transaction.CommitAsync();
        await target.ExecuteAsync("ANALYZE", commandType: System.Data.CommandType.Text);
        return copied;
    }

    private async Task<long> CopyAsync(CopiedTable table)
    {
        await using (var reader = await source.ExecuteReaderAsync($"SELECT {table.ColumnList} FROM {table.Name}"))
        {
            await using var writer = await ((NpgsqlConnection)target).BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
            writer.Timeout = Timeout.InfiniteTimeSpan;
            while (await reader.ReadAsync())
            {
                await writer.StartRowAsync();
                for (var i = 0; i < table.Columns.Count; i++)
                    await WriteAsync(writer, reader.GetValue(i));
            }

            await writer.CompleteAsync();
        }

        var count = $"SELECT COUNT(*) FROM {table.Name}";
        var (before, after) = (await source.ExecuteScalarAsync<long>(count), await target.ExecuteScalarAsync<long>(count));
        return before == after ? after : throw new InvalidOperationException($"{table.Name} has {before} rows, but {after} arrived.");
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object value) => value switch
    {
        long number => writer.WriteAsync(number, NpgsqlDbType.Bigint),
        double number => writer.WriteAsync(number, NpgsqlDbType.Double),
        byte[] bytes => writer.WriteAsync(bytes, NpgsqlDbType.Bytea),
        // U+0000 has no place in PostgreSQL's texts.
        string text => writer.WriteAsync(text.Replace('\0', '\uFFFD'), NpgsqlDbType.Text),
        _ => writer.WriteNullAsync(),
    };

    private async Task<long> CopyKeysAsync(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        foreach (var file in files)
        {
            var (name, xml) = (Path.GetFileNameWithoutExtension(file), XElement.Load(file).ToString(SaveOptions.DisableFormatting));
            await target.ExecuteAsync($"INSERT INTO {Keys} (name, xml) VALUES (@name, @xml)", new { name, xml });
        }

        return files.Length;
    }
}
