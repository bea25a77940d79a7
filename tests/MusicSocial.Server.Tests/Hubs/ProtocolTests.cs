using System.Text.Json;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Hubs;

/// <summary>The hub speaks both protocols, and what they carry is the same.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private HubClient _json = null!;
    private HubClient _messagePack = null!;

    public async Task InitializeAsync()
    {
        var ann = await _app.GuestAsync();
        _json = await HubClient.ConnectAsync(ann);
        _messagePack = await HubClient.ConnectAsync(ann, MessagePackWire.CreateProtocol());
    }

    public async Task DisposeAsync()
    {
        await _json.DisposeAsync();
        await _messagePack.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Answers_frames_and_refusals_are_the_same_in_both()
    {
        var song = await _app.AddTrackAsync("さくら さくら", durationMs: 120_000);
        var topic = $"track:{song.Id}";
        await _json.CallAsync("Follow", topic, null);
        await _messagePack.CallAsync("Follow", topic, null);

        var posted = await _messagePack.CallAsync("PostComment", new { trackId = song.Id, text = "花 🌸", clientKey = "k", positionMs = 1500.5 });

        var byJson = (await _json.NextEventAsync("comment.posted")).Data;
        var byMessagePack = (await _messagePack.NextEventAsync("comment.posted")).Data;
        Assert.True(JsonElement.DeepEquals(posted, byJson));
        Assert.True(JsonElement.DeepEquals(byJson, byMessagePack));
        var refusal = await _messagePack.RefusedAsync("track.not_found", "Follow", "track:nosuchtrack", null);
        Assert.True(JsonElement.DeepEquals(refusal, await _json.RefusedAsync("track.not_found", "Follow", "track:nosuchtrack", null)));
    }

    [Fact]
    public async Task Snapshots_are_the_same_in_both()
    {
        var song = await _app.AddTrackAsync();
        await _json.CallAsync("PostComment", new { trackId = song.Id, text = "one", clientKey = "k" });

        var byJson = await _json.CallAsync("Follow", $"track:{song.Id}", null);
        var byMessagePack = await _messagePack.CallAsync("Follow", $"track:{song.Id}", null);

        Assert.True(JsonElement.DeepEquals(byJson, byMessagePack));
    }
}
