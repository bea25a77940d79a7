using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>The hub under <c>https://example.org/music/</c> behind the TLS proxy of README.md: a node itself, and a node behind the nginx the hub ships.</summary>
public sealed class TlsProxyTests
{
    private const string Host = "example.org";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hub_behind_TLS_knows_its_clients_and_its_own_address(bool behindShippedNginx)
    {
        await using var hub = new HubApp(settings: new() { ["BasePath"] = "/music", ["Limits:SignIns:Burst"] = "2", ["Limits:SignIns:PerSecond"] = "0.001" });
        await using var inner = await NginxServer.StartBehindAsync(["127.0.0.1"], hub.Address.Port);
        await using var outer = await NginxServer.StartTlsProxyAsync(behindShippedNginx ? inner.Address.Port : hub.Address.Port);
        using var guesser = LoopbackClient.OverTls("127.0.0.2", outer, Host);
        using var owner = LoopbackClient.OverTls("127.0.0.3", outer, Host);

        using var document = await owner.GetAsync("/music/openapi/v1.json");
        Assert.True(document.Headers.Contains("Strict-Transport-Security"));
        var server = JsonDocument.Parse(await document.Content.ReadAsStringAsync()).RootElement.GetProperty("servers")[0].GetProperty("url").GetString();
        Assert.Equal($"https://{Host}/music", server?.TrimEnd('/'));

        for (var i = 0; i < 2; i++)
            await SignInAsync(guesser).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await SignInAsync(guesser).RefusedAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        await SignInAsync(owner).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_refused()
    {
        await using var hub = new HubApp(settings: new() { ["AllowedHosts"] = "example.org;127.0.0.1" });
        using var mine = LoopbackClient.From("127.0.0.1", hub.Address, Host);
        using var other = LoopbackClient.From("127.0.0.1", hub.Address, "elsewhere.example");

        using var answer = await mine.GetAsync("/healthz");
        using var refusal = await other.GetAsync("/healthz");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (answer.StatusCode, refusal.StatusCode));
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client) =>
        client.PostAsJsonAsync("/music/api/accounts/login", new { handle = "ann", password = "wrong horse battery" });
}
