using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

public sealed class ForgettingTests : IAsyncLifetime
{
    private static readonly RealtimeOptions Defaults = new();

    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_topic_idle_for_long_is_forgotten_and_comes_back_under_a_new_epoch()
    {
        var first = await AppendAsync(null);
        _node.Time.Advance(Defaults.IdleTopicLifetime + TimeSpan.FromSeconds(1));
        await _node.MaintainAsync();

        Assert.Equal(0, _node.Get<InProcessTopicLog>().Count);
        var slice = await _node.Get<ITopicLog>().ReadAsync("test:song", first, default);
        Assert.False(slice.Recovered);
        Assert.NotEqual(first.Epoch, slice.Head.Epoch);
    }

    [Fact]
    public async Task A_followed_topic_is_never_forgotten()
    {
        var client = await _node.ConnectAsync();
        var position = (await client.FollowAsync("test:song")).Position;
        _node.Time.Advance(Defaults.IdleTopicLifetime * 3);
        await _node.MaintainAsync();

        Assert.Equal(position with { Offset = 1 }, await AppendAsync(null));
    }

    [Fact]
    public async Task A_key_is_remembered_for_its_window_and_no_longer()
    {
        var first = await AppendAsync("key");
        _node.Time.Advance(Defaults.IdempotencyWindow);
        Assert.Equal(first, await AppendAsync("key"));

        _node.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first with { Offset = 2 }, await AppendAsync("key"));
    }

    [Fact]
    public async Task A_document_idle_for_long_is_dropped_and_can_be_seeded_again()
    {
        var state = _node.Get<IRevisionedState>();
        await state.TryWriteAsync("test:room", 0, new byte[] { 1 }, [], default);
        _node.Time.Advance(Defaults.IdleStateLifetime / 2);
        await state.ReadAsync("test:room", default);
        _node.Time.Advance(Defaults.IdleStateLifetime);
        await _node.MaintainAsync();
        Assert.NotNull(await state.ReadAsync("test:room", default));

        _node.Time.Advance(Defaults.IdleStateLifetime + TimeSpan.FromSeconds(1));
        await _node.MaintainAsync();
        Assert.Equal(0, _node.Get<InProcessRevisionedState>().Count);
        Assert.Equal(1, (await state.SeedAsync("test:room", new(1, new byte[] { 1 }), default)).Revision);
    }

    [Fact]
    public async Task The_lease_of_a_connected_connection_is_renewed_until_it_goes()
    {
        var presence = _node.Get<IPresence>();
        var client = await _node.ConnectAsync();
        await Eventually.Holds(() => _node.Connections.Count == 1, "connected");
        await presence.ArriveAsync("room:1", "ann", client.Id, default);
        for (var i = 0; i < 10; i++)
        {
            _node.Time.Advance(Defaults.PresenceLease / 2);
            await _node.MaintainAsync();
        }

        Assert.Equal(1, await presence.CountAsync("room:1", default));

        await client.CloseAsync();
        await Eventually.Holds(() => _node.Connections.Count == 0, "disconnected");
        _node.Time.Advance(Defaults.PresenceLease);
        await _node.MaintainAsync();
        Assert.Equal(0, await presence.CountAsync("room:1", default));
        Assert.Equal(0, _node.Get<InProcessPresence>().Count);
    }

    private async Task<TopicPosition> AppendAsync(string? key)
    {
        var data = JsonSerializer.SerializeToElement(1);
        var (epoch, appended) = await _node.Get<ITopicLog>().AppendAsync("test:song", new("kind", data, key), default);
        return new(epoch, appended.Offset);
    }
}
