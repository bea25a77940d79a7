using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;

namespace MusicSocial.Server.Storage;

/// <summary>The few words in which the two kinds of database differ; all other SQL is shared.</summary>
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

    /// <summary>Is one of a list, given as an array: <c>WHERE id {Among("@ids")}</c>.</summary>
    public string Among(string parameter) => string.Format(null, _list, parameter);

    /// <summary>
    /// Keeps writes about the same thing apart until the commit, for those that read before they write. SQLite has one writer anyway.
    /// </summary>
    public Task AloneAsync(DbConnection connection, string what) =>
        _lock is null ? Task.CompletedTask : connection.ExecuteAsync(_lock, new { what });

    /// <inheritdoc cref="AloneAsync"/>
    public void Alone(DbConnection connection, string what)
    {
        if (_lock is not null)
            connection.Execute(_lock, new { what });
    }

    /// <summary>A migration in this dialect's words.</summary>
    public string Translate(string migration) =>
        TypeName().Replace(migration, match => _types.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"\b(?:TEXT|INTEGER|BLOB)\b", RegexOptions.NonBacktracking)]
    private static partial Regex TypeName();
}
