using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Storage;

[Trait("Stores", "both")]
public sealed class UnsentEventStoreTests
{
    [Fact]
    public async Task What_is_kept_comes_back_as_it_was_oldest_first_until_it_is_forgotten()
    {
        // Without Redis, whose sweep would send what is kept here.
        await using var hub = new HubApp(services: static _ => { });
        var store = ActivatorUtilities.CreateInstance<UnsentEventStore>(hub.Services);
        for (var number = 0; number < 3; number++)
        {
            await store.KeepAsync("track:song", new("comment.posted", JsonSerializer.SerializeToElement(new { text = "å", number }), $"key {number}"), default);
            await Task.Delay(2);
        }

        var oldest = await store.OldestAsync(2, default);
        await store.ForgetAsync(oldest, default);
        var rest = Assert.Single(await store.OldestAsync(2, default));

        Assert.Equal(["key 0", "key 1"], oldest.Select(kept => kept.Event.IdempotencyKey));
        Assert.Equal(("track:song", "comment.posted", "key 2"), (rest.Topic, rest.Event.Type, rest.Event.IdempotencyKey));
        Assert.Equal("å", rest.Event.Data.GetProperty("text").GetString());
        Assert.Equal(2, rest.Event.Data.GetProperty("number").GetInt32());
    }
}
