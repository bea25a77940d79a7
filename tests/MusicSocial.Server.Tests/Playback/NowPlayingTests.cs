using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Playback;

[Trait("Stores", "both")]
public sealed class NowPlayingTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    [Fact]
    public async Task What_one_plays_is_announced_with_all_it_takes_to_listen_along()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var track = await hub.App.AddTrackAsync("Known song");
        var answer = await bob.FollowTopicAsync(ann);
        Assert.Equal("stopped", answer.GetProperty("snapshot").GetProperty("state").GetString());

        var startedAtMs = ann.NowMs;
        await ann.ReportAsync(new { trackId = track.Id, positionMs = 30_000, state = "playing", deviceId = "tab" });

        var heard = await bob.HearAsync();
        Assert.Equal((PlaybackState.Playing, PlaybackSource.Web, ann.Person.User), (heard.State, heard.Source, heard.User));
        Assert.Equal(PlayingTrack.Of(track), heard.Track);
        Assert.Equal((track.Id, 30_000, 1, 180_000), (heard.Timeline!.TrackId, heard.Timeline.AnchorMs, heard.Timeline.Rate, heard.Timeline.DurationMs));
        Assert.InRange(heard.Timeline.AnchoredAtMs, startedAtMs, ann.NowMs);
        var seen = await bob.SeeAsync(ann);
        Assert.Equal(heard with { AgeMs = seen.AgeMs }, seen);
    }

    [Theory]
    [InlineData("private", null)]
    [InlineData("public", "sesame")]
    public async Task What_a_room_plays_that_is_not_open_stays_in_the_room(string visibility, string? password)
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var track = await hub.App.AddTrackAsync("Behind the door");
        var room = await ann.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility, password }).ReadAsync<RoomView>();
        await bob.FollowTopicAsync(ann);
        await ann.Client.CallAsync("JoinRoom", room.Id, null);
        await ann.Client.CallAsync("Enqueue", room.Id, track.Id, "command-1");
        await ann.Client.CallAsync("Play", room.Id);
        await ann.Client.CallAsync("LeaveRoom", room.Id);

        // Had anything of the room been told, it would have come before this.
        await ann.ReportAsync("playing", title: "In the open");
        var heard = await bob.HearAsync();
        Assert.Equal("In the open", heard.Track!.Title);
        Assert.Equal(heard.Track, (await bob.SeeAsync(ann)).Track);
    }

    [Fact]
    public async Task Reports_that_only_confirm_are_not_announced()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowTopicAsync(ann);
        var before = bob.NowMs;
        await ann.ReportAsync("playing");
        await bob.HearAsync();

        for (var i = 0; i < 5; i++)
        {
            hub.Time.Advance(TimeSpan.FromSeconds(10));
            await ann.ReportAsync("playing", (ann.NowMs - before) / 1000);
        }

        await ann.ReportAsync("paused", 60);
        Assert.Equal(PlaybackState.Paused, (await bob.HearAsync()).State);
    }

    [Fact]
    public async Task A_seek_is_announced()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowTopicAsync(ann);
        await ann.ReportAsync("playing");
        await bob.HearAsync();

        await ann.ReportAsync("playing", 100);

        Assert.Equal(100_000, (await bob.HearAsync()).Timeline!.AnchorMs);
    }

    [Fact]
    public async Task A_player_that_falls_silent_is_stale_and_then_gone()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        await bob.FollowTopicAsync(ann);
        await ann.ReportAsync("playing", minutes: 60);
        Assert.False((await bob.HearAsync()).Stale);

        hub.Time.Advance(TimeSpan.FromSeconds(51));
        var stale = await bob.HearAsync();
        Assert.True(stale is { Stale: true, State: PlaybackState.Playing, AgeMs: > 45_000 });

        // In steps: a write that is on its way while the clock leaps by more than the hub waits for a client would look like one that stands still.
        for (var step = 0; step < 60; step++)
        {
            hub.Time.Advance(TimeSpan.FromSeconds(10));
            await bob.Client.CallAsync("Clock", 0);
        }

        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.HearAsync());
        Assert.Equal(NowPlaying.Nothing(ann.Person.User), await bob.SeeAsync(ann));
    }

    [Fact]
    public async Task A_song_the_catalog_lacks_has_no_id_and_one_it_has_is_recognised_by_name()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var track = await hub.App.AddTrackAsync("Frère Jacques", "Les Moines");

        await ann.ReportAsync("playing", title: "Unheard of");
        var unknown = await bob.SeeAsync(ann);
        Assert.Equal((null, "Unheard of", "Somebody", null), (unknown.Track!.Id, unknown.Track.Title, unknown.Track.Artist, unknown.Track.AudioUrl));

        await ann.ReportAsync(
            new { artist = "LES MOINES", title = "frere jacques", durationMs = 181_500, positionMs = 0, state = "playing", deviceId = "tab" });
        Assert.Equal(PlayingTrack.Of(track), (await bob.SeeAsync(ann)).Track);

        await ann.ReportAsync(
            new { artist = "LES MOINES", title = "frere jacques", durationMs = 240_000, positionMs = 0, state = "playing", deviceId = "tab" });
        Assert.Null((await bob.SeeAsync(ann)).Track!.Id);
    }

    [Fact]
    public async Task Of_two_devices_the_one_started_last_is_shown_and_the_other_when_it_stops()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");

        await ann.ReportAsync("playing", title: "At home", device: "desk");
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await ann.ReportAsync("playing", title: "On the way", device: "phone");
        await ann.ReportAsync("playing", 1, title: "At home", device: "desk");
        Assert.Equal("On the way", (await bob.SeeAsync(ann)).Track!.Title);

        await ann.ReportAsync("stopped", device: "phone");
        Assert.Equal("At home", (await bob.SeeAsync(ann)).Track!.Title);
    }

    [Fact]
    public async Task A_report_that_comes_late_is_put_in_its_place()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var at = ann.NowMs;
        hub.Time.Advance(TimeSpan.FromSeconds(5));

        await ann.ReportAsync("paused", 4, atMs: at + 4000);
        await ann.ReportAsync("playing", 1, atMs: at + 1000);

        Assert.Equal(PlaybackState.Paused, (await bob.SeeAsync(ann)).State);
    }

    [Theory]
    [InlineData("null", "playback.invalid")]
    [InlineData("""{"positionMs":0,"state":"playing","deviceId":"tab"}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":-1,"state":"playing","deviceId":"tab"}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":1e300,"state":"playing","deviceId":"tab"}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":0,"state":"dancing","deviceId":"tab"}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":0,"state":"playing","rate":-1,"deviceId":"tab"}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":0,"state":"playing","deviceId":""}""", "playback.invalid")]
    [InlineData("""{"title":"t","artist":"a","positionMs":0,"state":"playing","deviceId":"tab","atMs":-5}""", "playback.invalid")]
    [InlineData("""{"title":"\u202e","artist":"a","positionMs":0,"state":"playing","deviceId":"tab"}""", "text.empty")]
    [InlineData("""{"trackId":"nosuchtrack","positionMs":0,"state":"playing","deviceId":"tab"}""", "track.not_found")]
    public async Task A_report_that_makes_no_sense_is_refused_and_changes_nothing(string report, string code)
    {
        await using var ann = await hub.ListenerAsync();

        await ann.Client.RefusedAsync(code, "ReportPlayback", JsonDocument.Parse(report).RootElement);

        Assert.Equal(PlaybackState.Stopped, (await ann.SeeAsync(ann)).State);
    }

    [Fact]
    public async Task In_a_public_room_one_hears_what_it_plays_and_friends_may_join()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var track = await hub.App.AddTrackAsync("Room song");
        var roomId = await EnterRoomAsync(ann, "public");
        await ann.ReportAsync("playing", title: "My own player");
        await ann.Client.CallAsync("Enqueue", roomId, track.Id, "command-1");
        await ann.Client.CallAsync("Play", roomId);

        var seen = await bob.SeeAsync(ann, seen => seen.Source == PlaybackSource.Room);

        Assert.Equal((PlaybackSource.Room, roomId, true), (seen.Source, seen.RoomId, seen.Joinable));
        Assert.Equal((track.Id, 1), (seen.Track!.Id, seen.Timeline!.Rate));
        await ann.Client.CallAsync("LeaveRoom", roomId);
        Assert.Equal("My own player", (await bob.SeeAsync(ann, seen => seen.Source == PlaybackSource.Web)).Track!.Title);
    }

    [Fact]
    public async Task What_a_person_plays_needs_signing_in_and_an_existing_person()
    {
        await using var ann = await hub.ListenerAsync();

        await hub.App.Http.GetAsync($"/api/users/{ann.Handle}/now-playing").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await ann.Person.Http.GetAsync("/api/users/nobody-here/now-playing").RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        await ann.Client.RefusedAsync("user.not_found", "Follow", "user:nobody", null);
    }

    private static async Task<string> EnterRoomAsync(Listener listener, string visibility)
    {
        var room = await listener.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility }).ReadAsync<RoomView>();
        await listener.Client.CallAsync("JoinRoom", room.Id, null);
        return room.Id;
    }
}
