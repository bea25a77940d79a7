using System.Net;
using System.Net.Sockets;

namespace MusicSocial.Client.Tests.Connection;

/// <summary>A hub under a path of its host.</summary>
public sealed class SubPathTests
{
    [Theory]
    [InlineData("/music")]
    [InlineData("/music/")]
    public async Task What_is_asked_of_the_hub_is_asked_under_its_path(string path)
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        await using var client = new MusicSocialClient(new Uri($"http://{host.LocalEndpoint}{path}"));

        var listing = client.Catalog.ListAsync();
        using var connection = await host.AcceptTcpClientAsync();
        using var request = new StreamReader(connection.GetStream());

        Assert.StartsWith("GET /music/api/tracks", await request.ReadLineAsync(), StringComparison.Ordinal);
        _ = listing.ContinueWith(listed => listed.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task Topics_are_followed_and_comments_posted_under_the_path()
    {
        await using var hub = await TestHub.StartAsync("--basepath", "/music");
        await using var client = await TestHub.GuestAsync(new Uri(hub.Address, "/music/"));
        var track = await client.FirstTrackAsync();
        await using var topic = await client.FollowAsync($"track:{track.Id}");

        await client.Comments.PostAsync(track.Id, "under a path");
        await topic.ReadUntilAsync(update => update.Says("under a path"));

        Assert.StartsWith("/music/api/", track.AudioUrl, StringComparison.Ordinal);
    }
}
