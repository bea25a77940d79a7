using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>Data-protection keys in the database, so that any node reads the tokens of any other. Synchronous, as the framework asks.</summary>
internal sealed class SharedKeyStore(Database database) : IXmlRepository
{
    private const string KeyElement = "key";

    private readonly HashSet<string> _read = [];

    private sealed record Row
    {
        public string Name { get; init; } = "";
        public string Xml { get; init; } = "";
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Open();
        List<Row> rows = [.. connection.Query<Row>(
            """
            SELECT name, xml
            FROM data_protection_keys
            ORDER BY name
            """)];
        lock (_read)
            _read.UnionWith(rows.Select(row => row.Name));
        return [.. rows.Select(row => XElement.Parse(row.Xml))];
    }

    /// <summary>
    /// Keeps an element. A key is left out when another node made one since this node last looked: the framework reads all keys
    /// again after making one, and so nodes that start together agree on the first.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        database.Dialect.Lock(connection, "data_protection_keys");
        if (element.Name.LocalName != KeyElement || !IsForestalled(connection.Query<string>("SELECT name FROM data_protection_keys")))
            Insert(connection, new Row { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        transaction.Commit();
    }

    /// <summary>Replaces the elements for which another is given; how many.</summary>
    public int Rewrite(Func<XElement, XElement?> change)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        database.Dialect.Lock(connection, "data_protection_keys");
        List<Row> changed =
        [
            .. connection.Query<Row>("SELECT name, xml FROM data_protection_keys ORDER BY name")
                .Select(row => (row.Name, Xml: change(XElement.Parse(row.Xml))))
                .Where(row => row.Xml is not null)
                .Select(row => new Row { Name = row.Name, Xml = row.Xml!.ToString(SaveOptions.DisableFormatting) }),
        ];
        connection.Execute("UPDATE data_protection_keys SET xml = @Xml WHERE name = @Name", changed);
        transaction.Commit();
        return changed.Count;
    }

    private bool IsForestalled(IEnumerable<string> kept)
    {
        lock (_read)
            return kept.Any(name => name.StartsWith($"{KeyElement}-", StringComparison.Ordinal) && !_read.Contains(name));
    }

    private static void Insert(System.Data.Common.DbConnection connection, Row row) =>
        connection.Execute(
            """
            INSERT INTO data_protection_keys (name, xml)
            VALUES (@Name, @Xml)
            """,
            row);
}
