using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MusicSocial.Server.Accounts;

/// <summary>What a slice keeps about people. A slice that keeps something registers one; it is then part of every export and of every deletion.</summary>
internal interface IPersonalData
{
    /// <summary>The files of an export that hold what the slice keeps about this person.</summary>
    IEnumerable<ExportedFile> Export(string userId);

    /// <summary>Removes what is the person's alone, and what <see cref="Departure"/> says of the rest. It is called again when a node ended in the middle of it.</summary>
    Task RemoveAsync(Departure departure, CancellationToken cancellationToken);
}

/// <summary>A person whose account is deleted.</summary>
/// <param name="UserId">The person; their row says "Deleted account" already.</param>
/// <param name="KeepsComments">Whether what they wrote for others to read stays, without their name.</param>
internal sealed record Departure(string UserId, bool KeepsComments);

/// <summary>A file in an export.</summary>
/// <param name="Name">With its extension.</param>
/// <param name="WriteAsync">Writes the content, a part at a time: an export of any size takes little memory.</param>
internal sealed record ExportedFile(string Name, Func<Stream, CancellationToken, Task> WriteAsync)
{
    /// <summary>Rows read at a time.</summary>
    private const int PageSize = 500;

    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { WriteIndented = true };

    /// <summary>A JSON document.</summary>
    public static ExportedFile Document<T>(string name, Func<CancellationToken, Task<T>> read) =>
        new(name, async (stream, cancellationToken) => await JsonSerializer.SerializeAsync(stream, await read(cancellationToken), Json, cancellationToken));

    /// <summary>A JSON list.</summary>
    /// <param name="name">With its extension.</param>
    /// <param name="read">Up to so many rows beyond the one with this id, in one order; null begins.</param>
    /// <param name="idOf">A row's id.</param>
    /// <param name="show">A row as it is written.</param>
    public static ExportedFile List<TRow, TShown>(
        string name, Func<string?, int, CancellationToken, Task<IReadOnlyList<TRow>>> read, Func<TRow, string> idOf, Func<TRow, TShown> show) =>
        new(name, (stream, cancellationToken) => JsonSerializer.SerializeAsync(stream, RowsAsync(read, idOf, show, cancellationToken), Json, cancellationToken));

    private static async IAsyncEnumerable<TShown> RowsAsync<TRow, TShown>(
        Func<string?, int, CancellationToken, Task<IReadOnlyList<TRow>>> read, Func<TRow, string> idOf, Func<TRow, TShown> show,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        while (true)
        {
            var rows = await read(last, PageSize, cancellationToken);
            foreach (var row in rows)
                yield return show(row);
            if (rows.Count < PageSize)
                yield break;
            last = idOf(rows[^1]);
        }
    }
}
