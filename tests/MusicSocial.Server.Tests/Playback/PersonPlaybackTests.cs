using System.Text.Json;
using MusicSocial.Server.Playback;
using static MusicSocial.Server.Tests.Playback.Observations;

namespace MusicSocial.Server.Tests.Playback;

public sealed class PersonPlaybackTests
{
    [Fact]
    public void Nothing_is_active_until_a_device_reports() => Assert.Null(PersonPlayback.Nothing.ActiveAt(At(0)));

    [Fact]
    public void The_position_runs_on_between_reports()
    {
        var heard = Person(Playing("tab", at: 0, position: 10)).ActiveAt(At(20));

        Assert.Equal(PlaybackState.Playing, heard!.State);
        Assert.Equal(TimeSpan.FromSeconds(30), heard.Timeline.PositionAt(At(20)));
    }

    [Fact]
    public void The_device_that_started_last_wins_not_the_one_that_reported_last()
    {
        var person = Person(Playing("tab", 0, track: "old"), Playing("phone", 5, track: "new"), Playing("tab", 10, 10, track: "old"));

        Assert.Equal("new", person.ActiveAt(At(11))!.Track.Id);
    }

    [Fact]
    public void Starting_another_track_is_starting()
    {
        var person = Person(Playing("tab", 0), Playing("phone", 5), Playing("tab", 10, track: "next"));

        Assert.Equal("next", person.ActiveAt(At(11))!.Track.Id);
    }

    [Fact]
    public void A_room_beats_a_player_of_ones_own_whenever_it_started()
    {
        var person = Person(InRoom("r", 0), Playing("tab", 5));

        Assert.Equal("r", person.ActiveAt(At(6))!.RoomId);
    }

    [Fact]
    public void A_paused_room_yields_to_a_player_that_plays()
    {
        var person = Person(InRoom("r", 0, paused: true), Playing("tab", 5));

        Assert.Equal("song", person.ActiveAt(At(6))!.Track.Id);
        Assert.Equal("r", person.With(Paused("tab", 7)).ActiveAt(At(8))!.RoomId);
    }

    [Fact]
    public void A_stale_device_yields_to_one_that_still_reports()
    {
        var person = Person(Playing("tab", 40, track: "alive"), Playing("phone", 41, track: "dead"), Playing("tab", 80, 40, "alive"));

        Assert.Equal("dead", person.ActiveAt(At(85))!.Track.Id);
        Assert.Equal("alive", person.ActiveAt(At(87))!.Track.Id);
    }

    [Fact]
    public void A_silent_player_is_stale_after_45_seconds_and_gone_after_ten_minutes()
    {
        var person = Person(Playing("tab", 0, minutes: 60));

        Assert.False(person.ActiveAt(At(45))!.IsStale);
        Assert.True(person.ActiveAt(At(45.1))!.IsStale);
        Assert.NotNull(person.ActiveAt(At(600)));
        Assert.Null(person.ActiveAt(At(600.1)));
        Assert.True(person.Expire(At(600.1)).IsEmpty);
    }

    [Fact]
    public void A_paused_player_is_never_stale_but_gone_in_the_end()
    {
        var person = Person(Paused("tab", 0));

        Assert.False(person.ActiveAt(At(599))!.IsStale);
        Assert.Null(person.ActiveAt(At(601)));
    }

    [Fact]
    public void A_track_that_ended_stops_after_a_grace()
    {
        var person = Person(Playing("tab", 0, position: 170));

        Assert.NotNull(person.ActiveAt(At(20)));
        Assert.Null(person.ActiveAt(At(26)));
    }

    [Fact]
    public void A_room_needs_no_reports_to_stay_fresh()
    {
        var heard = Person(InRoom("r", 0)).ActiveAt(At(179));

        Assert.False(heard!.IsStale);
    }

    [Fact]
    public void A_stop_that_overtakes_the_last_report_still_stops()
    {
        var person = Person(Stopped("tab", 10), Playing("tab", 9, 9));

        Assert.Null(person.ActiveAt(At(11)));
    }

    [Fact]
    public void Reports_without_their_own_time_do_not_make_the_position_jitter()
    {
        var person = Person(Playing("tab", 0, exact: false), Playing("tab", 10.4, 10, exact: false));

        Assert.Equal(TimeSpan.FromSeconds(20), person.ActiveAt(At(20))!.Timeline.PositionAt(At(20)));
    }

    [Fact]
    public void A_seek_moves_the_timeline()
    {
        var person = Person(Playing("tab", 0, exact: false), Playing("tab", 10, 100, exact: false));

        Assert.Equal(TimeSpan.FromSeconds(105), person.ActiveAt(At(15))!.Timeline.PositionAt(At(15)));
    }

    [Fact]
    public void Only_what_people_do_not_extrapolate_is_news()
    {
        var before = Person(Playing("tab", 0)).ActiveAt(At(0))!;

        Assert.False(before.IsNews(Person(Playing("tab", 10, 11.5)).ActiveAt(At(10))!, At(10)));
        Assert.True(before.IsNews(Person(Playing("tab", 10, 12.5)).ActiveAt(At(10))!, At(10)));
        Assert.True(before.IsNews(Person(Paused("tab", 10, 10)).ActiveAt(At(10))!, At(10)));
        Assert.True(before.IsNews(Person(Playing("tab", 10, 10, "other")).ActiveAt(At(10))!, At(10)));
        Assert.True(before.IsNews(Person(Playing("tab", 0)).ActiveAt(At(50))!, At(50)));
    }

    [Fact]
    public void A_ninth_device_makes_the_longest_silent_one_forgotten()
    {
        var person = Person(Enumerable.Range(0, 9).Select(number => Playing($"device {number}", number)));

        var without = Enumerable.Range(1, 8).Aggregate(person, (rest, number) => rest.Without($"device {number}"));

        Assert.True(without.IsEmpty);
    }

    [Fact]
    public void The_document_keeps_its_field_names_because_nodes_of_two_releases_share_it()
    {
        var person = Person(Enumerable.Range(0, 20).Select(second => Playing("tab", second * 10, second * 10, minutes: 10))) with { QuietUntil = At(5) };
        person = person with { Announced = person.ActiveAt(At(190)) };

        var document = JsonDocument.Parse(person.ToBytes()).RootElement;

        Assert.Equal(["devices", "told", "silentUntil"], document.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["settled", "recent", "device"], document.GetProperty("devices")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(person.ActiveAt(At(200)), PersonPlayback.FromBytes(person.ToBytes()).ActiveAt(At(200)));
    }
}
