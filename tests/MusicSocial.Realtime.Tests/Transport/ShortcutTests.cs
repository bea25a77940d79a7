using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Transport;
using static MusicSocial.Realtime.Tests.Rig.WireClient;

namespace MusicSocial.Realtime.Tests.Transport;

/// <summary>A client that is recognised goes straight to the hub, past the rest of the pipeline; no other client does.</summary>
public sealed class ShortcutTests
{
    private static readonly AuthenticationTicket Ticket =
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann")], "test")), "test");

    private int _onTheLongWay;

    [Fact]
    public async Task A_recognised_client_goes_straight_to_the_hub()
    {
        await using var site = await StartAsync(_ => Ticket);
        await using var client = await ConnectAsync(site);

        Assert.Equal(0, _onTheLongWay);
    }

    [Fact]
    public async Task It_ends_with_the_ticket_it_was_let_in_with()
    {
        DateTimeOffset? end = null;
        await using var site = await StartAsync(_ =>
        {
            // Tickets keep whole seconds only.
            var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3) };
            end = properties.ExpiresUtc;
            return new(Ticket.Principal, properties, "test");
        });
        await using var client = await ConnectAsync(site);

        Assert.Contains("\"type\":7", await client.ReadMessageAsync(), StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetUtcNow() >= end);
    }

    [Fact]
    public async Task A_client_that_is_not_recognised_passes_the_whole_pipeline()
    {
        await using var site = await StartAsync(_ => null);
        await using var client = await ConnectAsync(site);

        Assert.Equal(1, _onTheLongWay);
    }

    [Fact]
    public async Task Everybody_takes_the_long_way_to_a_hub_that_asks_for_more_than_a_sign_in()
    {
        await using var site = await StartAsync(_ => Ticket, new AuthorizeAttribute("grown-ups"));
        await using var client = await ConnectAsync(site);

        Assert.Equal(1, _onTheLongWay);
    }

    [Fact]
    public async Task Requests_that_open_no_WebSocket_take_the_long_way()
    {
        await using var site = await StartAsync(_ => Ticket);
        using var http = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        using var negotiation = await http.PostAsync("/hub/negotiate?negotiateVersion=1", null);

        Assert.True(negotiation.IsSuccessStatusCode);
        Assert.Equal(1, _onTheLongWay);
    }

    private Task<WebApplication> StartAsync(Func<HttpContext, AuthenticationTicket?> recognise, params object[] demands) =>
        TestSite.StartAsync(host => host.UseUrls("http://127.0.0.1:0"), pipeline: app =>
        {
            app.Use(next => http =>
            {
                http.Items["hub"] = http.GetEndpoint();
                http.SetEndpoint(new Endpoint(http.GetEndpoint()!.RequestDelegate, new([.. http.GetEndpoint()!.Metadata, .. demands]), null));
                return next(http);
            });
            app.UseTopicHubShortcut(recognise);
            app.Use(next => http =>
            {
                Interlocked.Increment(ref _onTheLongWay);
                http.SetEndpoint((Endpoint)http.Items["hub"]!);
                return next(http);
            });
        });
}
