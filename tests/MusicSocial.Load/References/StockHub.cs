using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Load.References;

/// <summary>What one writes first with SignalR: topics are groups, an event is one message to its group. Same shapes as the hub under test, so that the same crowd can listen.</summary>
internal sealed class StockHub : Hub
{
    private static readonly ConcurrentDictionary<string, Counter> Offsets = new(StringComparer.Ordinal);

    public async Task<FollowAnswer> Follow(string topic, TopicPosition? since)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, topic, Context.ConnectionAborted);
        var offset = Offsets.GetOrAdd(topic, _ => new()).Value;
        return new(topic, new("stock", offset), Recovered: false, [], Snapshot: null);
    }

    public Task Publish(string topic, JsonElement data)
    {
        var offset = Interlocked.Increment(ref Offsets.GetOrAdd(topic, _ => new()).Value);
        var frame = new Frame(topic, "stock", offset, offset, 1, 1, [new(offset, "note", 0, data)]);
        return Clients.Group(topic).SendAsync("Frame", frame, Context.ConnectionAborted);
    }

    private sealed class Counter
    {
        public long Value;
    }
}
