using System.Collections.Concurrent;
using System.Collections.Frozen;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>Topics <c>test:...</c>: all users but <c>stranger</c> may follow; the snapshot is whatever the test says.</summary>
internal sealed class TestKind : ITopicKind
{
    public static readonly Refusal Refused = new("test.refused", RefusalKind.Forbidden, "Not you.");

    public string Prefix => "test";

    public Func<string, Task<object?>> Snapshot { get; set; } = key => Task.FromResult<object?>(new { key });

    public Func<Task> OnFollowed { get; set; } = () => Task.CompletedTask;

    public Func<TopicEvent, SamplingHint?> Voice { get; set; } = _ => null;

    /// <summary>Who came and went, e.g. <c>+song ann</c>.</summary>
    public ConcurrentQueue<string> Journal { get; } = new();

    public Task AuthorizeAsync(string key, string userId, CancellationToken cancellationToken) =>
        userId == "stranger" ? throw new RefusedException(Refused) : Task.CompletedTask;

    public Task<object?> SnapshotAsync(string key, string userId, CancellationToken cancellationToken) => Snapshot(key);

    /// <summary>The author of an event; null is none.</summary>
    public Func<TopicEvent, string?> Author { get; set; } = _ => null;

    /// <summary>Authors hidden from a user.</summary>
    public ConcurrentDictionary<string, IReadOnlySet<string>> Hidden { get; } = new();

    public SamplingHint? SamplingHintOf(TopicEvent topicEvent) => Voice(topicEvent);

    public string? AuthorOf(TopicEvent topicEvent) => Author(topicEvent);

    public ValueTask<IReadOnlySet<string>> HiddenAuthorsAsync(string userId, CancellationToken cancellationToken) =>
        new(Hidden.GetValueOrDefault(userId, FrozenSet<string>.Empty));

    public IReadOnlyList<TopicEvent> Redact(IReadOnlyList<TopicEvent> events) =>
        events.Any(told => told.Type == "taken-back") ? [.. events.Select(told => told.Type == "secret" ? told.Withhold() : told)] : events;

    public async Task FollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        await OnFollowed();
        Journal.Enqueue($"+{key} {userId}");
    }

    public Task UnfollowedAsync(string key, string userId, string connectionId, CancellationToken cancellationToken)
    {
        Journal.Enqueue($"-{key} {userId}");
        return Task.CompletedTask;
    }
}
