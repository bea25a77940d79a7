using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

public sealed class RevisionedStoreInProcessTests : RevisionedStoreSpecification
{
    private readonly TestNode _node = new();

    private protected override TestNode One => _node;

    private protected override TestNode Other => _node;
}

public sealed class RevisionedStoreOverRedisTests : RevisionedStoreSpecification, IAsyncLifetime
{
    private readonly NodePair _nodes = new();

    private protected override TestNode One => _nodes.One;

    private protected override TestNode Other => _nodes.Other;

    public Task InitializeAsync() => _nodes.StartAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync().AsTask();
}

/// <summary>What a store of shared documents promises, whatever joins the nodes.</summary>
public abstract class RevisionedStoreSpecification
{
    private readonly string _key = $"test:{Guid.CreateVersion7():n}";

    private protected abstract TestNode One { get; }

    private protected abstract TestNode Other { get; }

    [Fact]
    public async Task A_document_that_is_nowhere_is_null_and_its_first_change_makes_revision_one()
    {
        var (store, state) = StoreOf(One);

        Assert.Null(await store.ReadAsync(_key, default));
        var made = await store.ChangeAsync(_key, before => To(before is null ? "first" : "other"), default);

        Assert.Equal((1L, "first"), (made!.Revision, made.Value));
        Assert.Equal(1, state.Writes);
    }

    [Fact]
    public async Task A_change_reads_once_and_leaving_a_document_as_it_is_writes_nothing()
    {
        var (store, state) = StoreOf(One);
        await store.ChangeAsync(_key, _ => To("first"), default);
        state.Reads = state.Writes = 0;

        await store.ChangeAsync(_key, _ => To("second"), default);
        Assert.Equal((1, 1), (state.Reads, state.Writes));
        var left = await store.ChangeAsync(_key, _ => Task.FromResult<RevisionedChange<string>?>(null), default);

        Assert.Equal((2L, "second"), (left!.Revision, left.Value));
        Assert.Equal((2, 1), (state.Reads, state.Writes));
    }

    [Fact]
    public async Task A_document_at_rest_is_restored_at_its_revision()
    {
        var (store, _) = StoreOf(One, restore: key => new(key, 7, "stored", null));

        Assert.Equal((7L, "stored"), (await store.ReadAsync(_key, default)) is { } read ? (read.Revision, read.Value) : default);
        Assert.Equal(8, (await store.ChangeAsync(_key, before => To(before!.Value + "!"), default))!.Revision);
    }

    [Fact]
    public async Task Nodes_that_compete_lose_no_change_and_make_none_twice()
    {
        var stores = new[] { StoreOf(One).Store, StoreOf(Other).Store };

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            () => stores[i % 2].ChangeAsync(_key, before => To(before?.Value + "x"), default))));

        Assert.Equal(new string('x', 40), (await stores[0].ReadAsync(_key, default))!.Value);
    }

    [Fact]
    public async Task Whoever_loses_every_time_is_told_to_try_later()
    {
        var (store, _) = StoreOf(One, maxAttempts: 3);
        var (other, _) = StoreOf(Other);
        var tries = 0;

        var refused = await Assert.ThrowsAsync<RefusedException>(() => store.ChangeAsync(
            _key,
            async before =>
            {
                tries++;
                await other.ChangeAsync(_key, now => To(now?.Value + "x"), default);
                return await To("mine");
            },
            default));

        Assert.Equal(("server.busy", 3), (refused.Refusal.Code, tries));
    }

    [Fact]
    public async Task A_change_from_a_known_document_saves_the_read_and_begins_again_when_it_is_outdated()
    {
        var (store, state) = StoreOf(One);
        var (other, _) = StoreOf(Other);
        var known = await store.ChangeAsync(_key, _ => To("first"), default);
        state.Reads = 0;

        known = await store.ChangeAsync(_key, known, before => To(before!.Value + "+"), default);
        Assert.Equal(0, state.Reads);
        await other.ChangeAsync(_key, before => To(before!.Value + "other"), default);
        var last = await store.ChangeAsync(_key, known, before => To(before!.Value + "+"), default);

        Assert.Equal(("first+other+", 1), (last!.Value, state.Reads));
    }

    [Fact]
    public async Task What_another_node_changed_is_read_once_and_observed_in_order()
    {
        var (store, state) = StoreOf(One);
        var (other, _) = StoreOf(Other);
        await other.ChangeAsync(_key, _ => To("0"), default);
        var seen = new ConcurrentQueue<(string? Before, string Now)>();
        store.Observe((before, now) => seen.Enqueue((before?.Value, now.Value)));
        await store.FollowAsync(_key, default);
        await store.ReadAsync(_key, default);
        state.Reads = 0;

        await other.ChangeAsync(_key, _ => To("1", events: 5), default);
        await Eventually.Holds(() => seen.Count == 2, "the change is seen");
        await other.ChangeAsync(_key, _ => To("2"), default);
        await Eventually.Holds(() => seen.Count == 3, "the next too");

        Assert.Equal([(null, "0"), ("0", "1"), ("1", "2")], seen);
        Assert.InRange(state.Reads, 2, 2 + 4);
        Assert.Equal("2", store.Latest(_key)!.Value);
    }

    [Fact]
    public async Task What_a_node_wrote_itself_is_not_read_again()
    {
        var (store, state) = StoreOf(One);
        var (other, _) = StoreOf(Other);
        var seen = new ConcurrentQueue<string>();
        store.Observe((_, now) => seen.Enqueue(now.Value));
        await store.FollowAsync(_key, default);
        for (var i = 0; i < 20; i++)
            await store.ChangeAsync(_key, _ => To($"{i}", events: 2), default);

        // The other node's change comes after all of this node's: when it is seen, everything before was dealt with.
        await other.ChangeAsync(_key, _ => To("last"), default);
        await Eventually.Holds(() => seen.LastOrDefault() == "last", "the other node's change is seen");

        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"{i}"), "last"], seen);
        Assert.Equal(20 + 1, state.Reads);
    }

    [Fact]
    public async Task Events_that_announce_no_change_have_nothing_read()
    {
        var (store, state) = StoreOf(One);
        var seen = new ConcurrentQueue<string>();
        store.Observe((_, now) => seen.Enqueue(now.Value));
        await store.FollowAsync(_key, default);
        await store.ChangeAsync(_key, _ => To("first"), default);
        state.Reads = 0;

        for (var i = 0; i < 10; i++)
            await Other.Get<ITopicLog>().AppendAsync(_key, new("said", JsonSerializer.SerializeToElement(i)), default);
        await StoreOf(Other).Store.ChangeAsync(_key, _ => To("second"), default);
        await Eventually.Holds(() => seen.LastOrDefault() == "second", "the change is seen");

        Assert.Equal(1, state.Reads);
    }

    [Fact]
    public async Task A_document_that_is_not_followed_any_more_is_observed_no_more()
    {
        var (store, _) = StoreOf(One);
        var (other, _) = StoreOf(Other);
        var seen = new ConcurrentQueue<string>();
        store.Observe((_, now) => seen.Enqueue(now.Value));
        await store.FollowAsync(_key, default);
        await store.FollowAsync(_key + "-sentinel", default);
        await other.ChangeAsync(_key, _ => To("first"), default);
        await Eventually.Holds(() => seen.Count == 1, "it is followed");

        await store.UnfollowAsync(_key);
        await other.ChangeAsync(_key, _ => To("second"), default);
        await store.ReadAsync(_key, default);
        await other.ChangeAsync(_key + "-sentinel", _ => To("sentinel"), default);
        await Eventually.Holds(() => seen.Contains("sentinel"), "the other document is followed still");

        Assert.Equal(["first", "sentinel"], seen);
        Assert.Null(store.Latest(_key));
    }

    private static Task<RevisionedChange<string>?> To(string value, int events = 1) => Task.FromResult<RevisionedChange<string>?>(
        new(value, [.. Enumerable.Range(0, events).Select(i => new NewEvent("changed", JsonSerializer.SerializeToElement(i)))]));

    private static (RevisionedStore<string> Store, CountingState State) StoreOf(
        TestNode node, Func<string, Revisioned<string>?>? restore = null, int maxAttempts = 50)
    {
        var state = new CountingState(node.Get<IRevisionedState>());
        var options = new RevisionedStoreOptions<string>
        {
            Name = "test",
            Serialize = Encoding.UTF8.GetBytes,
            Deserialize = bytes => Encoding.UTF8.GetString(bytes.Span),
            RestoreAsync = (key, _) => Task.FromResult(restore?.Invoke(key)),
            Announces = topicEvent => topicEvent.Type == "changed",
            MaxAttempts = maxAttempts,
        };
        return (new(options, state, node.Get<ITopicBus>(), TimeProvider.System, NullLogger.Instance), state);
    }

    private sealed class CountingState(IRevisionedState state) : IRevisionedState
    {
        private int _reads;
        private int _writes;

        public int Reads
        {
            get => Volatile.Read(ref _reads);
            set => Volatile.Write(ref _reads, value);
        }

        public int Writes
        {
            get => Volatile.Read(ref _writes);
            set => Volatile.Write(ref _writes, value);
        }

        public ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return state.ReadAsync(key, cancellationToken);
        }

        public ValueTask<RevisionedDocument?> TryWriteAsync(
            string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _writes);
            return state.TryWriteAsync(key, expectedRevision, bytes, events, cancellationToken);
        }

        public ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken) =>
            state.SeedAsync(key, stored, cancellationToken);
    }
}
