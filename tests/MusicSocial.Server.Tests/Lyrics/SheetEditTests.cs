using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace MusicSocial.Server.Tests.Lyrics;

[Trait("Stores", "both")]
public sealed class SheetEditTests(SharedHub hub) : IClassFixture<SharedHub>, IAsyncLifetime
{
    private Singable _song = null!;

    public async Task InitializeAsync() => _song = await Singable.OnAsync(hub.App);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_tapped_sheet_is_there_for_everyone_with_who_made_it()
    {
        var answer = await _song.EditAsync(_song.Ann, new
        {
            language = "en",
            lines = new object[]
            {
                new { startMs = 4000, endMs = 6000, text = "Second line", agent = "v1", translations = new { de = "Zweite Zeile" } },
                new { startMs = 4500, text = "(ooh)", role = "bg" },
                new { startMs = 1000, text = "First line", words = new object[] { new { startMs = 1000, endMs = 1400, text = "First " }, new { startMs = 1500, text = "line" } } },
            },
            agents = new { v1 = new { type = "person", name = "Ann" } },
        }).ReadAsync<CueSheet>();

        var sheet = await _song.GetAsync();
        Assert.Equal(["First line", "Second line", "(ooh)"], sheet.Lines.Select(line => line.Text));
        Assert.Equal([(1000, (int?)1400, "First "), (1500, null, "line")], sheet.Lines[0].Words.Select(word => (word.StartMs, word.EndMs, word.Text)));
        Assert.Equal(("v1", 6000, "Zweite Zeile", "bg"), (sheet.Lines[1].Agent, sheet.Lines[1].EndMs, sheet.Lines[1].Translations!["de"], sheet.Lines[2].Role));
        Assert.Equal(("Ann", "en", true, true), (sheet.Agents!["v1"].Name, sheet.Language, sheet.Synced, sheet.WordSynced));
        Assert.Equal((LyricSource.People, 1L, 0, _song.Ann.User), (sheet.Source, sheet.Revision, sheet.OffsetMs, sheet.By));
        Assert.Equal(sheet.Lines.Select(line => line.Text), answer.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Text_can_be_kept_before_it_is_timed()
    {
        await _song.EditAsync(_song.Ann, new { lines = new[] { new { text = "One" }, new { text = "Two" } } }).ReadAsync<CueSheet>();

        Assert.False((await _song.GetAsync()).Synced);
    }

    [Theory]
    [InlineData("""{"startMs":-1,"text":"a"}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":180001,"text":"a"}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":2147483647,"text":"a"}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":2000,"endMs":1999,"text":"a"}""", "lyrics.time_invalid")]
    [InlineData("""{"text":"untimed among timed"}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":2000,"text":"a b","words":[{"startMs":1999,"text":"a "},{"startMs":2500,"text":"b"}]}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":2000,"text":"a b","words":[{"startMs":2600,"text":"a "},{"startMs":2500,"text":"b"}]}""", "lyrics.time_invalid")]
    [InlineData("""{"startMs":2000,"text":"a b","words":[{"startMs":2000,"text":"a "},{"startMs":2500,"text":"c"}]}""", "lyrics.text_invalid")]
    [InlineData("""{"startMs":2000,"text":"a","role":"lead"}""", "lyrics.text_invalid")]
    [InlineData("""{"startMs":2000}""", "lyrics.text_invalid")]
    [InlineData("""{"startMs":2000,"text":"a\u0000"}""", "lyrics.text_invalid")]
    [InlineData("null", "lyrics.text_invalid")]
    public async Task What_cannot_be_sung_is_refused_with_its_line_and_changes_nothing(string line, string code)
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]As it was").ReadAsync<CueSheet>();
        using var body = new StringContent($$"""{"lines":[{"startMs":1000,"text":"good"},{{line}}]}""", Encoding.UTF8, "application/json");

        var problem = await _song.Ann.Http.PutAsync($"{_song.Lyrics}/sheet", body).RefusedAsync(HttpStatusCode.UnprocessableEntity, code);

        Assert.Equal(2, problem.GetProperty("line").GetInt32());
        Assert.Equal("As it was", (await _song.GetAsync()).Lines[0].Text);
    }

    [Fact]
    public async Task Too_much_is_refused_by_name()
    {
        var lines = Enumerable.Repeat(new { startMs = 1000, text = "la" }, 10_001);
        await _song.EditAsync(_song.Ann, new { lines }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.too_many_lines");
        await _song.EditAsync(_song.Ann, new { lines = Array.Empty<object>() }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.empty");
        await _song.EditAsync(_song.Ann, new { }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.empty");
        await _song.EditAsync(_song.Ann, new { lines = new[] { new { startMs = 1, text = new string('x', 501) } } })
            .RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.text_invalid");
        await _song.EditAsync(_song.Ann, new { language = new string('x', 5 * 1024 * 1024) }).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        await _song.App.Http.GetAsync(_song.Lyrics).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
    }

    [Fact]
    public async Task Two_who_edit_at_once_do_not_overwrite_each_other()
    {
        object Edit(string text, long basedOn) => new { lines = new[] { new { startMs = 1000, text } }, basedOn };
        await _song.EditAsync(_song.Ann, Edit("Ann's", 0)).ReadAsync<CueSheet>();

        await _song.EditAsync(_song.Bob, Edit("Bob's", 0)).RefusedAsync(HttpStatusCode.Conflict, "lyrics.stale");

        Assert.Equal("Ann's", (await _song.GetAsync()).Lines[0].Text);
        await _song.EditAsync(_song.Bob, Edit("Bob's", 1)).ReadAsync<CueSheet>();
        Assert.Equal("Bob's", (await _song.GetAsync()).Lines[0].Text);
    }

    [Fact]
    public async Task Guests_may_give_lyrics_where_there_are_none_and_change_only_their_own()
    {
        var guest = await _song.App.GuestAsync();
        object Edit(string text) => new { lines = new[] { new { startMs = 1000, text } } };

        await _song.EditAsync(guest, Edit("First")).ReadAsync<CueSheet>();
        await _song.EditAsync(guest, Edit("Better")).ReadAsync<CueSheet>();
        await _song.EditAsync(_song.Ann, Edit("Ann's")).ReadAsync<CueSheet>();

        await _song.EditAsync(guest, Edit("Mine again")).RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
        await _song.UploadAsync(guest, "[00:01.00]Mine").RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
        await _song.ShiftAsync(guest, new { byMs = 100 }).RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
        await _song.RevertAsync(guest, 1).RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
        Assert.Equal("Ann's", (await _song.GetAsync()).Lines[0].Text);
    }

    [Fact]
    public async Task Strangers_are_asked_to_sign_in_first()
    {
        foreach (var path in new[] { "shift", "revisions/1/revert", "revisions/1/report" })
            await _song.App.Http.PostAsJsonAsync($"{_song.Lyrics}/{path}", new { }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await _song.App.Http.PutAsJsonAsync($"{_song.Lyrics}/sheet", new { }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await _song.App.Http.GetAsync($"{_song.Lyrics}/reports").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }
}
