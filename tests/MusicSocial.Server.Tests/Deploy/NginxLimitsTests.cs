using System.Net;
using System.Net.Http.Json;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>How much the nginx of Deploy/ carries, and how much of it one network gets.</summary>
public sealed class NginxLimitsTests : IAsyncLifetime
{
    private const string OuterProxy = "127.0.0.9";
    private const int OfOneNetwork = 1_000;

    private EchoNode _node = null!;
    private NginxServer _nginx = null!;

    public async Task InitializeAsync()
    {
        _node = await EchoNode.StartAsync("only");
        _nginx = await NginxServer.StartBehindAsync([OuterProxy], _node.Port);
    }

    public async Task DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _node.DisposeAsync();
    }

    // nginx as it comes ends at 1,024 connections for each of the two workers here, two of them for every listener.
    [Fact]
    public async Task More_listeners_than_nginx_takes_as_it_comes_and_no_more_than_its_share_of_one_network()
    {
        using var crowd = ClientFrom("127.0.0.2");
        using var others = ClientFrom("127.0.0.3");

        var held = new List<Task<HttpResponseMessage>>();
        await HoldAsync(held, crowd, OfOneNetwork);
        await GetAsync(crowd, "/").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");

        await HoldAsync(held, others, 100);
        using var page = await GetAsync(others, "/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        _node.ReleaseHeld();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task The_addresses_of_one_IPv6_network_share_its_part()
    {
        using var proxy = ClientFrom(OuterProxy);

        var held = new List<Task<HttpResponseMessage>>();
        await HoldAsync(held, proxy, OfOneNetwork / 2, "2001:db8:1:2::1");
        await HoldAsync(held, proxy, OfOneNetwork / 2, "2001:db8:1:2:ffff::2");

        await GetAsync(proxy, "/", "2001:db8:1:2::3").RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        using var neighbour = await GetAsync(proxy, "/", "2001:db8:1:3::1");
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);

        _node.ReleaseHeld();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_flood_of_requests_is_refused_to_its_network_alone()
    {
        using var flood = ClientFrom("127.0.0.2");
        using var others = ClientFrom("127.0.0.3");

        HttpStatusCode[] answers;
        do
            answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ => await StatusAsync(flood)));
        while (!answers.Contains(HttpStatusCode.TooManyRequests));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(others));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("198.51.100.1, 192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7, 127.0.0.9", "192.0.2.7")]
    public async Task Behind_a_proxy_that_ends_TLS_a_node_learns_the_client_and_the_scheme(string forwardedFor, string client)
    {
        using var proxy = ClientFrom(OuterProxy);

        var seen = await SeenAsync(proxy, forwardedFor);

        Assert.Equal((client, "https"), (seen.ForwardedFor, seen.ForwardedProto));
    }

    [Fact]
    public async Task The_scheme_a_client_invents_does_not_reach_the_node()
    {
        using var client = ClientFrom("127.0.0.2");

        var seen = await SeenAsync(client, "192.0.2.7");

        Assert.Equal(("127.0.0.2", "http"), (seen.ForwardedFor, seen.ForwardedProto));
    }

    // Some at a time: the node has a second to take each.
    private async Task HoldAsync(List<Task<HttpResponseMessage>> held, HttpClient client, int count, string? forwardedFor = null)
    {
        for (var last = held.Count + count; held.Count < last;)
        {
            held.AddRange(Enumerable.Range(0, 50).Select(_ => GetAsync(client, EchoNode.Held, forwardedFor)));
            await Patiently.UntilAsync(() => _node.HeldRequests == held.Count, $"{held.Count} requests are held");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await GetAsync(client, "/");
        return answer.StatusCode;
    }

    private static async Task<Seen> SeenAsync(HttpClient client, string forwardedFor)
    {
        using var answer = await GetAsync(client, "/", forwardedFor);
        return (await answer.Content.ReadFromJsonAsync<Seen>())!;
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
            request.Headers.Add("X-Forwarded-Proto", "https");
        }

        return await client.SendAsync(request);
    }

    private HttpClient ClientFrom(string address) => LoopbackClient.From(address, _nginx.Address, "music.example");
}
