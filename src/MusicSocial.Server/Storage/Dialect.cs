using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;

namespace MusicSocial.Server.Storage;

/// <summary>The few fragments in which SQLite and PostgreSQL differ; all other SQL is shared.</summary>
internal sealed partial class Dialect
{
    public static readonly Dialect Sqlite = new();

    public static readonly Dialect Postgres = new()
    {
        _list = "= ANY({0})",
        _lock = "SELECT pg_advisory_xact_lock(hashtextextended(@what, 0))",
        _types = new(StringComparer.Ordinal)
        {
            // Byte order, as in SQLite and as ids and search rely on, whatever the server's locale.
            ["TEXT"] = "TEXT COLLATE \"C\"",
            ["INTEGER"] = "BIGINT",
            ["BLOB"] = "BYTEA",
        },
    };

    private string _list = "IN {0}";
    private string? _lock;
    private Dictionary<string, string> _types = [];

    private Dialect()
    {
    }

    /// <summary>Is one of a list, given as an array: <c>WHERE id {In("@ids")}</c>.</summary>
    public string In(string parameter) => string.Format(null, _list, parameter);

    /// <summary>
    /// Locks a name until the commit: transactions that read before they write take turns. SQLite has one writer anyway.
    /// </summary>
    public Task LockAsync(DbConnection connection, string what) =>
        _lock is null ? Task.CompletedTask : connection.ExecuteAsync(_lock, new { what });

    /// <inheritdoc cref="LockAsync"/>
    public void Lock(DbConnection connection, string what)
    {
        if (_lock is not null)
            connection.Execute(_lock, new { what });
    }

    /// <summary>A migration with this dialect's type names.</summary>
    public string Translate(string migration) =>
        TypeName().Replace(migration, match => _types.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"\b(?:TEXT|INTEGER|BLOB)\b", RegexOptions.NonBacktracking)]
    private static partial Regex TypeName();
}
