using MusicSocial.Client.Topics;
using MusicSocial.TestRig;

namespace MusicSocial.Client.Tests;

/// <summary>A hub with the demo songs, and people at it.</summary>
internal static class TestHub
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<HubProcess> StartAsync(params string[] arguments) =>
        HubProcess.StartAsync(null, ["--Limits:Comments:PerSecond", "100000", "--Limits:Comments:Burst", "100000", .. arguments]);

    public static Uri At(TcpProxy proxy) => new($"http://127.0.0.1:{proxy.Port}");

    /// <summary>Somebody new, signed in; quick to lose patience with a node.</summary>
    public static async Task<MusicSocialClient> GuestAsync(params Uri[] nodes)
    {
        var client = new MusicSocialClient(Impatient(nodes));
        await client.Accounts.SignInAsGuestAsync("Ann");
        return client;
    }

    public static MusicSocialClientOptions Impatient(params Uri[] nodes) => new()
    {
        Nodes = nodes,
        KeepAliveInterval = TimeSpan.FromMilliseconds(500),
        KeepAliveTimeout = TimeSpan.FromMilliseconds(1500),
    };

    public static async Task<Track> FirstTrackAsync(this MusicSocialClient client)
    {
        while (true)
        {
            if ((await client.Catalog.ListAsync(limit: 1)).Items is [var track])
                return track;
            await Task.Delay(50);
        }
    }

    /// <summary>The next updates of a topic, until one is the last wanted.</summary>
    public static async Task<List<TopicUpdate>> ReadUntilAsync(this TopicSubscription topic, Func<TopicUpdate, bool> isLast)
    {
        using var patience = new CancellationTokenSource(Patience);
        var updates = new List<TopicUpdate>();
        await foreach (var update in topic.ReadAllAsync(patience.Token))
        {
            updates.Add(update);
            if (isLast(update))
                return updates;
        }

        throw new InvalidOperationException("The topic ended.");
    }

    /// <summary>Whether this is the event of a comment with this text.</summary>
    public static bool Says(this TopicUpdate update, string text) =>
        update is TopicHappened { Event.Type: "comment.posted" } happened && happened.Event.ReadData<Comment>().Text == text;
}
