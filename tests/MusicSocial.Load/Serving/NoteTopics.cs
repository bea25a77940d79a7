using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Load.Serving;

/// <summary>
/// Topics <c>note:...</c>: open to all. A newcomer is shown nothing or, with the setting <c>Notes</c>, every note of the topic in that file, which stands in for the
/// database that nodes share.
/// </summary>
internal sealed class NoteTopics(IConfiguration configuration) : ITopicKind
{
    private readonly Lock _lock = new();
    private readonly string? _file = configuration["Notes"] is { Length: > 0 } file ? file : null;

    public string Prefix => "note";

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) =>
        _file is null ? null : await NotesOfAsync(_file, $"{Prefix}:{key} ", cancellationToken);

    /// <summary>Keeps a note before it is published.</summary>
    public void Keep(string topic, JsonElement data)
    {
        if (_file is null)
            return;
        lock (_lock)
            File.AppendAllText(_file, $"{topic} {data.GetRawText()}\n");
    }

    private static async Task<int[]> NotesOfAsync(string file, string prefix, CancellationToken cancellationToken) =>
    [
        .. (await File.ReadAllLinesAsync(file, cancellationToken))
            .Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => int.Parse(line[prefix.Length..], CultureInfo.InvariantCulture)),
    ];
}
