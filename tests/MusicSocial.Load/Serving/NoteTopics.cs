using MusicSocial.Realtime.Topics;

namespace MusicSocial.Load.Serving;

/// <summary>Topics <c>note:...</c>: open to everybody, with nothing to show to newcomers.</summary>
internal sealed class NoteTopics : ITopicKind
{
    public string Prefix => "note";

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) => Task.FromResult<object?>(null);
}
