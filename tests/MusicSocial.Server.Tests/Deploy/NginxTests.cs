using System.Net;
using System.Net.Http.Json;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>Deploy/hub.conf.template in a real nginx, before two nodes that say what reached them.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private const string OneClient = "127.0.0.2";
    private const string AnotherClient = "127.0.0.3";

    private EchoNode _first = null!;
    private EchoNode _second = null!;
    private NginxServer _nginx = null!;

    public async Task InitializeAsync()
    {
        (_first, _second) = (await EchoNode.StartAsync("first"), await EchoNode.StartAsync("second"));
        _nginx = await NginxServer.StartAsync(_first.Port, _second.Port);
    }

    public async Task DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/rooms")]
    [InlineData("/api/tracks/t1/chunks")]
    [InlineData("/api/tracks/t1/quote.svg")]
    [InlineData("/hub")]
    [InlineData("/hub/negotiate")]
    public async Task A_node_learns_the_address_the_host_and_the_scheme_of_every_request(string path)
    {
        using var client = ClientFrom(OneClient);

        var seen = await AskAsync(client, path);

        Assert.Equal(("music.example:8443", OneClient, "http"), (seen.Host, seen.ForwardedFor, seen.ForwardedProto));
    }

    [Fact]
    public async Task An_address_a_client_invents_does_not_reach_the_node()
    {
        using var client = ClientFrom(OneClient);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");

        Assert.Equal(OneClient, (await AskAsync(client, "/")).ForwardedFor);
    }

    [Fact]
    public async Task A_refusal_with_503_reaches_its_client_and_takes_no_node_from_the_others()
    {
        using var one = ClientFrom(OneClient);
        using var another = ClientFrom(AnotherClient);

        for (var i = 0; i < 10; i++)
        {
            using var refusal = await one.GetAsync(new Uri(EchoNode.Refused, UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
            await AskAsync(another, "/");
            await AskAsync(another, "/hub", isWebSocket: true);
        }

        // Asked once each: the other node would refuse as well.
        Assert.Equal(10, _first.Refusals + _second.Refusals);
    }

    [Fact]
    public async Task A_node_that_drains_is_passed_over_by_new_sockets_and_still_serves_pages()
    {
        _first.IsDraining = true;
        using var client = ClientFrom(OneClient);

        for (var i = 0; i < 10; i++)
            Assert.Equal("second", (await AskAsync(client, "/hub", isWebSocket: true)).Node);
        var pages = new HashSet<string>();
        for (var i = 0; i < 10; i++)
            pages.Add((await AskAsync(client, "/")).Node);
        Assert.Contains("first", pages);
    }

    [Fact]
    public async Task A_node_that_is_away_is_passed_over()
    {
        await _first.DisposeAsync();
        using var client = ClientFrom(OneClient);

        foreach (var path in new[] { "/", "/api/tracks/t1/chunks", "/hub", "/hub/negotiate" })
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal("second", (await AskAsync(client, path)).Node);
        }
    }

    [Fact]
    public async Task What_is_made_for_a_track_comes_from_one_node_and_tracks_spread_over_the_nodes()
    {
        using var one = ClientFrom(OneClient);
        using var another = ClientFrom(AnotherClient);
        var nodes = new HashSet<string>();
        for (var track = 0; track < 30; track++)
        {
            var node = (await AskAsync(one, $"/api/tracks/t{track}/chunks")).Node;
            Assert.Equal(node, (await AskAsync(another, $"/api/tracks/t{track}/chunks/3?v=1")).Node);
            Assert.Equal(node, (await AskAsync(another, $"/api/tracks/t{track}/opus")).Node);
            nodes.Add(node);
        }

        Assert.Equal(2, nodes.Count);
    }

    [Fact]
    public async Task What_names_a_connection_returns_to_the_node_that_made_it()
    {
        using var client = ClientFrom(OneClient);

        var negotiated = (await AskAsync(client, "/hub/negotiate")).Node;

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(negotiated, (await AskAsync(client, "/hub?id=abc", isWebSocket: true)).Node);
            Assert.Equal(negotiated, (await AskAsync(client, "/hub?id=abc")).Node);
        }
    }

    [Fact]
    public async Task Access_tokens_are_not_logged_even_when_every_node_is_away()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        using var client = ClientFrom(OneClient);

        using var hub = await client.GetAsync(new Uri("/hub?access_token=secret", UriKind.Relative));
        using var negotiation = await client.GetAsync(new Uri("/hub/negotiate?access_token=secret", UriKind.Relative));
        using var page = await client.GetAsync(new Uri("/logged", UriKind.Relative));

        Assert.All([hub, negotiation, page], answer => Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode));
        Assert.Contains("/logged", _nginx.ErrorLog, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _nginx.ErrorLog, StringComparison.Ordinal);
        await LoggedAsync("GET /logged HTTP");
        Assert.DoesNotContain("secret", _nginx.AccessLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_requests_names_pages_without_what_was_asked_of_them()
    {
        using var client = ClientFrom(OneClient);

        await AskAsync(client, "/search?q=secret");

        await LoggedAsync("GET /search HTTP");
        Assert.DoesNotContain("secret", _nginx.AccessLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_while_a_node_is_away()
    {
        var away = _first.Port;
        await _first.DisposeAsync();
        await using var nginx = await NginxServer.StartAsync(away, _second.Port);
        using var client = LoopbackClient.From(OneClient, nginx.Address, "music.example");

        for (var i = 0; i < 4; i++)
            Assert.Equal("second", (await AskAsync(client, "/")).Node);
    }

    // nginx logs a request when it has answered it.
    private Task LoggedAsync(string line) => Patiently.UntilAsync(() => _nginx.AccessLog.Contains(line, StringComparison.Ordinal), $"{line} is logged");

    private static async Task<Seen> AskAsync(HttpClient client, string path, bool isWebSocket = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (isWebSocket)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new("websocket"));
        }

        using var answer = await client.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return (await answer.Content.ReadFromJsonAsync<Seen>())!;
    }

    private HttpClient ClientFrom(string address) => LoopbackClient.From(address, _nginx.Address, "music.example:8443");
}
