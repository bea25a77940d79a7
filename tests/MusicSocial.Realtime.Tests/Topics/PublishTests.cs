using System.Text;
using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class PublishTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task What_was_published_outlives_the_document_it_was_part_of()
    {
        using (var document = JsonDocument.Parse(Encoding.UTF8.GetBytes("""{"text":"hello"}""")))
            await PublishAsync(document.RootElement);

        var kept = await _node.Get<ITopicLog>().ReadAsync("test:song", await StartAsync(), CancellationToken.None);

        Assert.Equal("hello", Assert.Single(kept.Events).Data.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_comes_as_JSON_is_bounded_like_everything_else()
    {
        var large = JsonSerializer.SerializeToElement(new string('x', new RealtimeOptions().EventBytes));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(large).AsTask());

        Assert.Equal(TopicRefusals.TooLarge.Code, refused.Refusal.Code);
    }

    private ValueTask<TopicPosition> PublishAsync(JsonElement data) =>
        _node.Publisher.PublishAsync("test:song", "note", data, idempotencyKey: null, CancellationToken.None);

    // Before the first event.
    private async Task<TopicPosition> StartAsync() =>
        (await _node.Get<ITopicLog>().ReadAsync("test:song", since: null, CancellationToken.None)).Head with { Offset = 0 };
}
