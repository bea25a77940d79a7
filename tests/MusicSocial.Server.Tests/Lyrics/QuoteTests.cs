using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using MusicSocial.Server.Lyrics.Quoting;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

public sealed class QuoteTests(QuoteTests.Hub hub) : IClassFixture<QuoteTests.Hub>, IAsyncLifetime
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private Singable _song = null!;

    private string Card => $"/api/tracks/{_song.Track.Id}/quote";

    public async Task InitializeAsync()
    {
        _song = await Singable.OnAsync(hub.App);
        await _song.UploadAsync(
            _song.Ann, "[00:01.00]A <b> & \"c\"\n[00:03.00]لما بدا يتثنى!\n[00:05.00]さくら さくら\n[00:07.00]\n[00:09.00]Last").ReadAsync<CueSheet>();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_chosen_lines_stand_on_the_card_as_text()
    {
        var card = await DrawingAsync("?lines=0-2");

        var texts = card.Descendants(Svg + "text").Select(text => (text.Value, (string?)text.Attribute("direction"))).ToList();
        Assert.Contains(("A <b> & \"c\"", null), texts);
        Assert.Contains(("لما بدا يتثنى!", "rtl"), texts);
        Assert.Contains(("さくら さくら", null), texts);
        Assert.Contains(("Amazing Grace", null), texts);
        Assert.Contains(("hub.example", null), texts);
        Assert.DoesNotContain(card.Descendants(), element => element.Name.LocalName is "script" or "b");
    }

    [Fact]
    public async Task The_picture_is_a_PNG_of_the_card_and_is_not_sent_twice()
    {
        using var answer = await _song.App.Http.GetAsync($"{Card}.png?lines=0-1");
        var png = await answer.Content.ReadAsByteArrayAsync();

        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(png));
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((1080, 1080), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Card}.png?lines=0-1");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(answer.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, (await _song.App.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task The_card_changes_with_the_lyrics()
    {
        using var before = await _song.App.Http.GetAsync($"{Card}.svg?lines=0");
        await _song.ShiftAsync(_song.Ann, new { byMs = 2_000 }).ReadAsync<CueSheet>();
        using var after = await _song.App.Http.GetAsync($"{Card}.svg?lines=0");

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public async Task Letters_no_font_here_has_are_left_to_the_browser()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]\U000F0000\U000F0001").ReadAsync<CueSheet>();

        await _song.App.Http.GetAsync($"{Card}.png?lines=0").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.quote_undrawable");
        Assert.NotEmpty((await DrawingAsync("?lines=0")).Descendants(Svg + "text"));
    }

    [Fact]
    public async Task An_emoji_in_a_line_is_drawn()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]\U0001F600\U0001F600 \u2764\uFE0F \U0001F44D\U0001F3FD").ReadAsync<CueSheet>();
        using var folder = new TempFolder();
        var (png, pixels) = (Path.Combine(folder.Path, "card.png"), Path.Combine(folder.Path, "card.gray"));

        await File.WriteAllBytesAsync(png, await _song.App.Http.GetByteArrayAsync($"{Card}.png?lines=0"));

        // The middle of the card, where nothing but the line stands, on a dark ground.
        await MusicFolder.FfmpegAsync("-v", "error", "-i", png, "-vf", "crop=900:400:90:400", "-f", "rawvideo", "-pix_fmt", "gray", pixels);
        Assert.True((await File.ReadAllBytesAsync(pixels)).Count(pixel => pixel > 150) > 2_000);
    }

    [Theory]
    [InlineData("", "Latin, Greek and Cyrillic; Arabic and Hebrew; Devanagari, Tamil and Thai; Chinese, Japanese and Korean; emoji")]
    [InlineData("20-7e 370-4ff", "Arabic and Hebrew; Devanagari, Tamil and Thai; Chinese, Japanese and Korean; emoji")]
    [InlineData("20-4ff 600-6ff 5d0-5ea 900-97f b80-bff e01-e5b 1f300-1f64f", "Chinese, Japanese and Korean")]
    [InlineData("20-4ff 5d0-6ff 900-fff 3040-9fff ac00-d7a3 1f3b5", "")]
    public void The_scripts_without_a_font_are_named(string charsets, string scripts) =>
        Assert.Equal(scripts, string.Join("; ", FontCoverage.Missing(charsets).Select(missing => missing.Script)));

    [Theory]
    [InlineData("")]
    [InlineData("?lines=")]
    [InlineData("?lines=5")]
    [InlineData("?lines=3")]
    [InlineData("?lines=2-1")]
    [InlineData("?lines=-1-2")]
    [InlineData("?lines=0-99999999999")]
    [InlineData("?lines=0-1-2")]
    [InlineData("?lines=x")]
    public Task Lines_that_are_not_there_are_refused(string query) =>
        _song.App.Http.GetAsync($"{Card}.svg{query}").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.quote_invalid");

    [Fact]
    public async Task Whoever_asks_for_many_cards_of_a_slow_tool_is_not_kept_waiting_behind_all_of_them()
    {
        using var folder = new TempFolder();
        var (tool, starts) = (Path.Combine(folder.Path, "slow"), Path.Combine(folder.Path, "starts"));
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\necho >>'{starts}'\nexec sleep 60\n");
        using (var marking = Process.Start("chmod", ["+x", tool]))
            await marking.WaitForExitAsync();
        await using var song = await Singable.StartAsync(new() { ["Catalog:Ffmpeg"] = tool, ["Catalog:ToolTimeout"] = "00:00:01" });
        await song.UploadAsync(song.Ann, string.Concat(Enumerable.Range(1, 12).Select(second => $"[00:{second:00}.00]Line {second}\n"))).ReadAsync<CueSheet>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(line => song.App.Http.GetAsync($"/api/tracks/{song.Track.Id}/quote.png?lines={line}")
            .RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.quote_undrawable")));

        Assert.InRange((await File.ReadAllLinesAsync(starts)).Length, 2, 8);
    }

    [Theory]
    [InlineData("That saved a wretch like me!", 68)]
    [InlineData("春の弥生の曙に四方の山辺を見渡せば", 68)]
    public void Rows_of_a_line_are_about_equally_long(string line, double size)
    {
        var widths = QuoteText.BalancedRows(line, size, 920).ConvertAll(row => QuoteText.WidthOf(row) * size);

        Assert.Equal(QuoteText.Rows(line, size, 920).Count, widths.Count);
        Assert.True(widths.Max() < 2 * widths.Min());
    }

    [Fact]
    public async Task More_than_a_quote_is_refused()
    {
        await _song.UploadAsync(_song.Ann, string.Concat(Enumerable.Range(0, 7).Select(i => $"[00:0{i}.00]Line {i}\n")) + $"[00:08.00]{new string('x', 401)}").ReadAsync<CueSheet>();

        await _song.App.Http.GetAsync($"{Card}.svg?lines=0-6").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.quote_invalid");
        await _song.App.Http.GetAsync($"{Card}.svg?lines=7").RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.quote_invalid");
        Assert.Equal(HttpStatusCode.OK, (await _song.App.Http.GetAsync($"{Card}.svg?lines=0-5")).StatusCode);
        await _song.App.Http.GetAsync("/api/tracks/unknown/quote.svg?lines=0").RefusedAsync(HttpStatusCode.NotFound, "track.not_found");
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog and runs away from it", 3)]
    [InlineData("さくらさくらやよいのそらはみわたすかぎりかすみかくもか", 3)]
    [InlineData("Short", 1)]
    [InlineData("", 0)]
    public void Rows_fit_the_card_and_lose_nothing(string text, int rows)
    {
        var broken = QuoteText.Rows(text, 68, 920);

        Assert.Equal(rows, broken.Count);
        Assert.All(broken, row => Assert.True(QuoteText.WidthOf(row) * 68 <= 920));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(broken).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_network_draws_only_so_many_pictures_and_a_moment_inside_a_second_is_no_other_picture()
    {
        await using var app = new HubApp(settings: new() { ["Lyrics:Quotes:PerSecond"] = "0.0001", ["Lyrics:Quotes:Burst"] = "2" });
        var song = await Singable.OnAsync(app);
        await song.UploadAsync(song.Ann, "[00:01.00]Amazing grace").ReadAsync<CueSheet>();

        using var first = await PictureAsync(12_001, "192.0.2.1");
        using var second = await PictureAsync(12_999, "192.0.2.1");
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        await PictureAsync(13_000, "192.0.2.1").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        using var other = await PictureAsync(12_001, "192.0.2.2");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        async Task<HttpResponseMessage> PictureAsync(int at, string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/tracks/{song.Track.Id}/quote.png?lines=0&at={at}") { Headers = { { "X-Forwarded-For", from } } };
            return await app.Http.SendAsync(request);
        }
    }

    private async Task<XDocument> DrawingAsync(string query) => XDocument.Parse(await _song.App.Http.GetStringAsync($"{Card}.svg{query}"));

    public sealed class Hub() : SharedHub(new() { ["Rooms:PublicUrl"] = "https://hub.example/" });
}
