using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Server.Tests.Playback;
using MusicSocial.Server.Tests.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Listens;

[Trait("Stores", "both")]
public sealed class ListensTests(PlaybackHub hub) : IClassFixture<PlaybackHub>
{
    [Fact]
    public async Task Hearing_half_a_song_is_one_listen_however_often_it_is_reported()
    {
        await using var ann = await hub.ListenerAsync();

        await ann.PlayOnAsync(0, 60, "Heard");
        Assert.Empty(await ReadAsync(ann, ann));
        await ann.PlayOnAsync(70, 90, "Heard");

        var listen = Assert.Single(await ReadUntilAsync(ann, ann, count: 1));
        Assert.Equal("Heard", listen.Track.Title);
    }

    [Fact]
    public async Task Jumping_through_songs_is_no_listen()
    {
        await using var ann = await hub.ListenerAsync();

        await ann.PlayOnAsync(0, 20, "Jumpy");
        await ann.PlayOnAsync(120, 30, "Jumpy");
        await ann.PlayOnAsync(0, 130, "Next");

        Assert.Equal(["Next"], (await ReadUntilAsync(ann, ann, count: 1)).Select(listen => listen.Track.Title));
    }

    [Fact]
    public async Task A_private_session_writes_none()
    {
        await using var ann = await hub.ListenerAsync();
        await ann.Client.CallAsync("SetPrivateSession", true);
        await ann.PlayOnAsync(0, 150, "Secret");
        await ann.Client.CallAsync("SetPrivateSession", false);

        await ann.PlayOnAsync(0, 130, "Open");

        Assert.Equal(["Open"], (await ReadUntilAsync(ann, ann, count: 1)).Select(listen => listen.Track.Title));
    }

    [Fact]
    public async Task Listens_are_paged_newest_first_with_the_track_as_it_is_now()
    {
        await using var ann = await hub.ListenerAsync();
        await using var bob = await hub.ListenerAsync("Bob");
        var known = await hub.App.AddTrackAsync("Number 2", "Somebody");
        for (var number = 1; number <= 3; number++)
            await ann.PlayOnAsync(0, 100, $"Number {number}");
        await ReadUntilAsync(ann, ann, count: 3);

        var first = await bob.Person.Http.GetAsync($"/api/users/{ann.Handle}/listens?limit=2").ReadAsync<Page<Listen>>();
        var rest = await bob.Person.Http.GetAsync($"/api/users/{ann.Handle}/listens?limit=2&cursor={first.Next}").ReadAsync<Page<Listen>>();

        Assert.Equal(["Number 3", "Number 2", "Number 1"], first.Items.Concat(rest.Items).Select(listen => listen.Track.Title));
        Assert.Equal(known.AudioUrl, first.Items[1].Track.AudioUrl);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task A_later_page_of_listens_is_read_from_where_it_begins()
    {
        await using var ann = await hub.ListenerAsync();
        var database = hub.App.Services.GetRequiredService<Database>();
        await database.WriteAsync(connection => connection.ExecuteAsync(FillListens), CancellationToken.None);
        await QueryPlan.CountRowsAsync(database);

        var plan = await QueryPlan.OfAsync(database, ListenStore.PageSql, new { userId = ann.Id, beforeId = "listen 2500", limit = 51 });

        QueryPlan.AssertBegins(plan, "listens_by_user", "id");
    }

    [Fact]
    public async Task A_restart_in_mid_song_neither_loses_nor_doubles_a_listen()
    {
        using var folder = new TempFolder();
        var time = new ManualTime();
        Person person;
        await using (var before = PlaybackHub.Start(time, folder.Path))
        {
            await using var ann = await PlaybackHub.ListenerAsync(before, time, "Ann");
            person = ann.Person;
            await ann.PlayOnAsync(0, 300, "Long song", minutes: 20);
            Assert.Single(await ReadUntilAsync(ann, ann, count: 1));
        }

        await using var after = PlaybackHub.Start(time, folder.Path);
        var again = new Person(after, person.Session);
        await using var back = new Listener(again, await HubClient.ConnectAsync(again), time);
        await back.PlayOnAsync(310, 300, "Long song", minutes: 20);
        await back.PlayOnAsync(0, 100, "Another");

        Assert.Equal(["Another", "Long song"], (await ReadUntilAsync(back, back, count: 2)).Select(listen => listen.Track.Title));
    }

    private static async Task<IReadOnlyList<Listen>> ReadAsync(Listener viewer, Listener owner) =>
        (await viewer.Person.Http.GetAsync($"/api/users/{owner.Handle}/listens").ReadAsync<Page<Listen>>()).Items;

    private static async Task<IReadOnlyList<Listen>> ReadUntilAsync(Listener viewer, Listener owner, int count)
    {
        for (var attempt = 0; attempt < 200 && (await ReadAsync(viewer, owner)).Count < count; attempt++)
            await Task.Delay(20);
        return await ReadAsync(viewer, owner);
    }

    private const string FillListens =
        """
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < 5000)
        INSERT INTO listens (id, user_id, track_key, title, artist, started_at_ms, counted_at_ms)
        SELECT 'listen ' || n || users.id, users.id, 'key ' || n, 'title', 'artist', n, n
        FROM numbers
        CROSS JOIN users
        """;
}
