using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback.Cues;

[Trait("Stores", "both")]
public sealed class CueTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    private const string Lyrics = "[00:10.00]First\n[00:20.00]Second\n[00:30.00]Third\n";

    [Fact]
    public async Task A_displays_lines_follow_what_a_person_plays()
    {
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var track = await TrackAsync(ann);
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        var startedAtMs = ann.NowMs + 1;
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 0, state = "playing", deviceId = "tab" });

        var (first, firstAtMs) = await NextCueAsync(display);
        var (second, _) = await NextCueAsync(display);

        Assert.Equal(new Cue(track.Id, 0, Word: null, "First", 10_000, startedAtMs + 10_000), first with { DueAtMs = Math.Round(first.DueAtMs) });
        Assert.InRange(firstAtMs, first.DueAtMs - 200, first.DueAtMs + 100);
        Assert.Equal((1, "Second"), (second.Line, second.Text));
    }

    [Fact]
    public async Task Seeking_shows_the_line_the_music_landed_in()
    {
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var track = await TrackAsync(ann);
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        Assert.Equal("First", (await NextCueAsync(display)).Cue.Text);

        await ann.ReportAsync(new { trackId = track.Id, positionMs = 35_000, state = "playing", deviceId = "tab" });
        Assert.Equal("Third", (await NextCueAsync(display)).Cue.Text);
    }

    [Fact]
    public async Task New_lyrics_are_shown_in_the_middle_of_the_song()
    {
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var track = await TrackAsync(ann);
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        Assert.Equal("First", (await NextCueAsync(display)).Cue.Text);

        (await ann.Person.Http.PutAsync($"/api/tracks/{track.Id}/lyrics", new StringContent("[00:10.00]Erste\n[00:25.00]Zweite\n"))).EnsureSuccessStatusCode();

        Assert.Equal("Erste", (await NextCueAsync(display)).Cue.Text);
        Assert.Equal(("Zweite", 25_000), (await NextCueAsync(display)).Cue is var next ? (next.Text, next.StartMs) : default);
    }

    [Fact]
    public async Task A_rooms_lines_stop_with_the_music_and_go_on_with_it()
    {
        await using var host = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var track = await TrackAsync(host);
        var roomId = await RoomWithAsync(host, track);
        await display.Client.CallAsync("FollowCues", $"room:{roomId}", true);
        await host.Client.CallAsync("Play", roomId);
        Assert.Equal("First", (await NextCueAsync(display)).Cue.Text);

        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await host.Client.CallAsync("Pause", roomId);
        // Over nodes the pause is on its way for a moment; time stands still until it is heard.
        var cues = hub.App.Services.GetRequiredService<CueSubscriptions>();
        await Patiently.UntilAsync(() => cues.Find($"room:{roomId}") is { NextAt: null }, "no line is due while the music rests");
        hub.Time.Advance(TimeSpan.FromSeconds(30));
        await host.Client.CallAsync("Play", roomId);

        var resumedAtMs = host.NowMs;
        var (second, _) = await NextCueAsync(display);
        Assert.Equal("Second", second.Text);
        Assert.InRange(second.DueAtMs, resumedAtMs + 8_000, resumedAtMs + 10_500);
    }

    [Fact]
    public async Task Cues_end_when_asked_and_when_they_may_not_be_seen_any_more()
    {
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var track = await TrackAsync(ann);
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        Assert.Equal("First", (await NextCueAsync(display)).Cue.Text);

        // Each of these would have shown the second line first, had it leaked.
        await ann.Client.CallAsync("SetPrivateSession", true);
        hub.Time.Advance(TimeSpan.FromSeconds(12));
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 31_000, state = "playing", deviceId = "tab" });
        await ann.Client.CallAsync("SetPrivateSession", false);
        Assert.Equal("Third", (await NextCueAsync(display)).Cue.Text);

        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", false);
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 22_000, state = "playing", deviceId = "tab" });
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        Assert.Equal("First", (await NextCueAsync(display)).Cue.Text);
    }

    [Fact]
    public async Task Who_may_not_follow_the_topic_may_not_follow_its_cues()
    {
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var room = await ann.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility = "private" }).ReadAsync<RoomView>();
        await ann.ChooseAsync(Audience.Nobody);

        await display.Client.RefusedAsync("user.hidden", "FollowCues", $"user:{ann.Id}", true);
        await display.Client.RefusedAsync("room.not_member", "FollowCues", $"room:{room.Id}", true);
        await display.Client.RefusedAsync("topic.unknown", "FollowCues", "track:anything", true);
        await display.Client.RefusedAsync("topic.unknown", "FollowCues", "nonsense", true);
        await display.Client.RefusedAsync("topic.unknown", "FollowCues", null, true);
    }

    [Fact]
    public async Task A_room_that_becomes_private_shows_strangers_no_more_lines()
    {
        await using var host = await hub.ListenerAsync();
        await using var ann = await hub.ListenerAsync();
        await using var display = await hub.ListenerAsync("Display");
        var (hidden, shown) = (await TrackAsync(host), await TrackAsync(ann));
        var roomId = await RoomWithAsync(host, hidden);
        await display.Client.CallAsync("FollowCues", $"room:{roomId}", true);
        await host.Client.CallAsync("ChangeRoom", roomId, new { visibility = "private" });
        hub.Time.Advance(TimeSpan.FromSeconds(6));
        var cues = hub.App.Services.GetRequiredService<CueSubscriptions>();
        await Patiently.UntilAsync(() => !cues.Topics.Contains($"room:{roomId}"), "strangers are not followers of its lines any more");

        await host.Client.CallAsync("Play", roomId);
        hub.Time.Advance(TimeSpan.FromSeconds(12));
        await display.Client.CallAsync("FollowCues", $"user:{ann.Id}", true);
        await ann.ReportAsync(new { trackId = shown.Id, positionMs = 12_000, state = "playing", deviceId = "tab" });

        Assert.Equal(shown.Id, (await NextCueAsync(display)).Cue.TrackId);
    }

    private static async Task<string> RoomWithAsync(Listener host, Track track)
    {
        var room = await host.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility = "public" }).ReadAsync<RoomView>();
        await host.Client.CallAsync("JoinRoom", room.Id, null);
        await host.Client.CallAsync("Enqueue", room.Id, track.Id, "command-1");
        return room.Id;
    }

    private async Task<Track> TrackAsync(Listener uploader)
    {
        var track = await hub.App.AddTrackAsync();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(Lyrics));
        (await uploader.Person.Http.PutAsync($"/api/tracks/{track.Id}/lyrics?format=lrc", file)).EnsureSuccessStatusCode();
        return track;
    }

    // Small steps of time, so that a cue cannot be later than one of them.
    private async Task<(Cue Cue, double AtMs)> NextCueAsync(Listener display)
    {
        var next = display.Client.NextSignalAsync("cue");
        while (await Task.WhenAny(next, Task.Delay(5)) != next)
            hub.Time.Advance(TimeSpan.FromMilliseconds(50));
        return ((await next).Deserialize<Cue>(WireJson.Options)!, display.NowMs);
    }
}
