using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Redis.Connection;
using StackExchange.Redis;

namespace MusicSocial.Realtime.Redis.Topics;

/// <summary>The topics as Redis keeps them. Everything here is refused with <c>hub.unavailable</c> while Redis is away.</summary>
internal sealed class TopicStore(RedisConnection connection, IOptions<RealtimeOptions> options)
{
    private const int CommonArguments = 8;

    /// <summary>A topic without followers and writes for this long is forgotten; it comes back under a new epoch.</summary>
    private static readonly TimeSpan IdleTopicLifetime = TimeSpan.FromHours(24);

    private readonly RedisConnection _connection = connection;
    private readonly string _window = Ms(options.Value.IdempotencyWindow);
    private readonly string _idle = Ms(Max(IdleTopicLifetime, 3 * options.Value.IdempotencyWindow));
    private readonly string _idleDocument = Ms(options.Value.IdleStateLifetime);

    /// <summary>The channel on which everything that happens to a topic is heard.</summary>
    public string ChannelOf(string topic) => _connection.Keys.ChannelOf(topic, "bell");

    /// <summary>Appends in order; an event whose key was used before is the event of then. Keys must not be null.</summary>
    public async Task<(string Epoch, TopicEvent Event)[]> AppendAsync(
        string topic, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        var arguments = Arguments(topic, 2 * events.Count);
        Fill(arguments, CommonArguments, events);
        var answers = (RedisResult[])(await RunAsync(TopicScripts.AppendEvents, topic, arguments, cancellationToken))!;
        return [.. events.Select((newEvent, i) => Read(newEvent, answers[2 * i], answers[(2 * i) + 1]))];
    }

    /// <summary>Reads as <see cref="ITopicLog.ReadAsync"/> does.</summary>
    public async Task<TopicSlice> ReadAsync(string topic, TopicPosition? since, CancellationToken cancellationToken)
    {
        var arguments = Arguments(topic, 2);
        (arguments[CommonArguments], arguments[CommonArguments + 1]) = (since?.Epoch ?? "", since?.Offset ?? -1);
        var answer = (RedisResult[])(await RunAsync(TopicScripts.ReadEvents, topic, arguments, cancellationToken))!;
        TopicPosition head = new((string)answer[0]!, (long)answer[1]);
        if (answer.Length < 3)
            return new(head, Recovered: false, []);
        var entries = (RedisResult[])answer[2]!;
        var first = head.Offset - entries.Length + 1;
        return new(head, Recovered: true, [.. entries.Select((entry, i) => TopicText.ReadEntry(first + i, (byte[])entry!))]);
    }

    /// <summary>The document of that name.</summary>
    public async Task<RevisionedDocument?> ReadDocumentAsync(string topic, CancellationToken cancellationToken) =>
        Document((RedisResult[])(await RunAsync(TopicScripts.ReadDocument, topic, Arguments(topic, 0), cancellationToken))!);

    /// <summary>Writes a document and appends events in one step; null when the live revision is another. <paramref name="events"/> have keys.</summary>
    public async Task<RevisionedDocument?> WriteDocumentAsync(
        string topic, long expectedRevision, byte[] bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        var arguments = Arguments(topic, 3 + (2 * events.Count));
        arguments[CommonArguments] = expectedRevision;
        arguments[CommonArguments + 1] = bytes;
        // A write that is sent again because its answer was lost must not be taken for another node's.
        arguments[CommonArguments + 2] = $"write {Guid.CreateVersion7():n}";
        Fill(arguments, CommonArguments + 3, events);
        var answer = (RedisResult[])(await RunAsync(TopicScripts.WriteDocument, topic, arguments, cancellationToken))!;
        return answer.Length == 0 ? null : new(expectedRevision + 1, bytes, PositionOf(answer[0], answer[1]));
    }

    /// <summary>Puts a document in place unless one of the same or a higher revision is live; returns the live one.</summary>
    public async Task<RevisionedDocument> SeedDocumentAsync(string topic, RevisionedDocument stored, CancellationToken cancellationToken)
    {
        var arguments = Arguments(topic, 2);
        (arguments[CommonArguments], arguments[CommonArguments + 1]) = (stored.Revision, stored.Bytes.ToArray());
        return Document((RedisResult[])(await RunAsync(TopicScripts.SeedDocument, topic, arguments, cancellationToken))!)!;
    }

    private static void Fill(RedisValue[] arguments, int at, IReadOnlyList<NewEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            arguments[at + (2 * i)] = events[i].IdempotencyKey!;
            arguments[at + (2 * i) + 1] = TopicText.Body(events[i].Type, events[i].Data);
        }
    }

    private static (string Epoch, TopicEvent Event) Read(NewEvent newEvent, RedisResult stamp, RedisResult first)
    {
        var (epoch, offset, atMs) = TopicText.ReadStamp((byte[])stamp!);
        return first.IsNull
            ? (epoch, new(offset, newEvent.Type, atMs, newEvent.Data))
            : (epoch, TopicText.ReadEntry(offset, (byte[])first!));
    }

    private static RevisionedDocument? Document(RedisResult[] answer) =>
        answer.Length == 0 ? null : new((long)answer[0], (byte[])answer[1]!, PositionOf(answer[2], answer[3]));

    private static TopicPosition PositionOf(RedisResult epoch, RedisResult offset) => new((string)epoch!, (long)offset);

    private static string Ms(TimeSpan span) => $"{(long)span.TotalMilliseconds}";

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private RedisValue[] Arguments(string topic, int more)
    {
        var arguments = new RedisValue[CommonArguments + more];
        arguments[0] = RandomNumberGenerator.GetHexString(12, lowercase: true);
        arguments[1] = ChannelOf(topic);
        arguments[2] = _idle;
        arguments[3] = _window;
        arguments[4] = options.Value.RetainedEvents;
        arguments[5] = options.Value.RetainedBytes;
        arguments[6] = _idleDocument;
        arguments[7] = _connection.Settings.IsSharded ? "SPUBLISH" : "PUBLISH";
        return arguments;
    }

    private Task<RedisResult> RunAsync(RedisScript script, string topic, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var keys = _connection.Keys;
        RedisKey[] all =
        [
            keys.Of(topic, "log"), keys.Of(topic, "events"), keys.Of(topic, "keys-a"), keys.Of(topic, "keys-b"), keys.Of(topic, "document"),
        ];
        return _connection.RunAsync(script, all, arguments, cancellationToken);
    }
}
