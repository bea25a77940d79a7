using System.Data.Common;
using Dapper;

namespace MusicSocial.Server.Storage.Copying;

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
