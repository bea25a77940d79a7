using System.Net;
using System.Text.Json;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Server.Tests.CommandLine;

namespace MusicSocial.Server.Tests.Hosting;

/// <summary>The hub under a path of its host, behind a proxy that takes the path off and one that passes it on.</summary>
public sealed class SubPathTests(SubPathTests.HubUnderPath hub) : IClassFixture<SubPathTests.HubUnderPath>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/music/")]
    [InlineData("/music")]
    [InlineData("/music/song/some-song")]
    public async Task The_page_finds_its_files_under_the_path(string path)
    {
        using var answer = await hub.App.Http.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.Contains("""<meta name="base-path" content="/music/" />""", page, StringComparison.Ordinal);
        Assert.Contains("=\"/music/assets/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("=\"/assets/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_known_is_not_sent_again()
    {
        using var first = await hub.App.Http.GetAsync("/music/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/music/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var again = await hub.App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/music")]
    public async Task What_the_hub_names_is_found_where_it_says(string passedOn)
    {
        var track = await hub.App.AddTrackAsync();

        var listed = await hub.App.Http.GetAsync($"{passedOn}/api/tracks/{track.Id}").ReadAsync<Track>();

        Assert.StartsWith("/music/api/tracks/", listed.CoverUrl, StringComparison.Ordinal);
        Assert.StartsWith("/music/api/tracks/", listed.AudioUrl, StringComparison.Ordinal);
        using var cover = await hub.App.Http.GetAsync(listed.CoverUrl);
        Assert.Equal(HttpStatusCode.OK, cover.StatusCode);
    }

    [Fact]
    public async Task The_document_of_the_API_names_the_whole_address()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { Host = "example.org" } };
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await hub.App.Http.SendAsync(request);

        var server = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("servers")[0].GetProperty("url").GetString();
        Assert.Equal("https://example.org/music", server?.TrimEnd('/'));
    }

    [Theory]
    [InlineData("music")]
    [InlineData("//example.org")]
    [InlineData("/a\"b")]
    [InlineData("/..")]
    public async Task A_path_that_is_none_stops_the_start_in_one_line(string basePath)
    {
        using var folder = new TempFolder();

        var start = await VerbProcess.RunAsync("--urls", "http://127.0.0.1:0", "--data", folder.Path, "--music", folder.Path, "--basepath", basePath);

        Assert.Contains("BasePath", start.AssertRefused(), StringComparison.Ordinal);
    }

    /// <summary>A hub under <c>/music</c>.</summary>
    public sealed class HubUnderPath() : SharedHub(new() { ["BasePath"] = "/music" });
}
