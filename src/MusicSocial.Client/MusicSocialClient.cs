using MusicSocial.Client.Accounts;
using MusicSocial.Client.Catalog;
using MusicSocial.Client.Clock;
using MusicSocial.Client.Comments;
using MusicSocial.Client.Connection;
using MusicSocial.Client.Friends;
using MusicSocial.Client.Http;
using MusicSocial.Client.Lyrics;
using MusicSocial.Client.Playback;
using MusicSocial.Client.Rooms;
using MusicSocial.Client.Topics;

namespace MusicSocial.Client;

/// <summary>
/// One person at a MusicSocial hub, over any of its nodes that answers. Signing in comes first; the hub connection opens with the first call
/// that needs it and comes back by itself. Refusals are thrown as <see cref="RefusedException"/> with the codes of docs/protocol.md. Safe to
/// use from many threads at once.
/// </summary>
public sealed class MusicSocialClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ApiClient _http;
    private readonly HubLink _link;
    private readonly FollowedTopics _topics;
    private readonly ClockProbes _probes;
    private Task _probing = Task.CompletedTask;

    /// <summary>A client of a hub with these nodes, as patient as the defaults.</summary>
    public MusicSocialClient(params IReadOnlyList<Uri> nodes)
        : this(new MusicSocialClientOptions { Nodes = nodes })
    {
    }

    /// <summary>A client of a hub.</summary>
    public MusicSocialClient(MusicSocialClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var nodes = new NodeRing(options.Nodes, Random.Shared);
        _http = new ApiClient(nodes, options);
        _topics = new FollowedTopics(options, socket => _probing = _probes!.ProbeAsync(socket, _end.Token));
        _link = new HubLink(options, nodes, _http.Tokens, _topics, state => StateChanged?.Invoke(this, new ConnectionStateChangedEventArgs(state)));
        Clock = new HubClock(options.Time);
        _probes = new ClockProbes(Clock, options);

        var hub = new HubCalls(_link, options);
        Accounts = new AccountsClient(_http);
        Catalog = new CatalogClient(_http);
        Comments = new CommentsClient(_http, hub);
        Friends = new FriendsClient(_http);
        Lyrics = new LyricsClient(_http);
        Playback = new PlaybackClient(_http, hub);
        Rooms = new RoomsClient(_http, hub, FollowAsync);
    }

    /// <summary>Raised on every change of <see cref="State"/>, in order, by the loop that keeps the connection: do not wait in it.</summary>
    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    /// <summary>How the client stands with the hub.</summary>
    public ConnectionState State => _link.State;

    /// <summary>The node the client is connected to, or was last; null before the first connection.</summary>
    public Uri? Node => _topics.Socket?.Node;

    /// <summary>Hub time, once connected.</summary>
    public HubClock Clock { get; }

    /// <summary>Signing in, the inbox.</summary>
    public AccountsClient Accounts { get; }

    /// <summary>Songs.</summary>
    public CatalogClient Catalog { get; }

    /// <summary>Comments under songs.</summary>
    public CommentsClient Comments { get; }

    /// <summary>Who follows whom.</summary>
    public FriendsClient Friends { get; }

    /// <summary>The words of songs.</summary>
    public LyricsClient Lyrics { get; }

    /// <summary>What people play.</summary>
    public PlaybackClient Playback { get; }

    /// <summary>Listening rooms.</summary>
    public RoomsClient Rooms { get; }

    /// <summary>Opens the hub connection and waits until a node answered and the clock is set.</summary>
    /// <exception cref="RefusedException"><c>auth.required</c> when no user is signed in, <c>auth.expired</c> when it was too long ago.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        await _link.SocketAsync(cancellationToken);
        await Clock.WhenReadyAsync(cancellationToken);
    }

    /// <summary>Follows a topic: see <see cref="TopicNames"/>. One subscription per topic at a time.</summary>
    /// <exception cref="RefusedException">E.g. <c>topic.unknown</c>, <c>track.not_found</c>, <c>user.hidden</c>.</exception>
    public Task<TopicSubscription> FollowAsync(string topic, CancellationToken cancellationToken = default) =>
        FollowAsync(
            new FollowRequest(
                topic,
                (socket, since, token) => socket.InvokeAsync<FollowAnswer>("Follow", [topic, since], token),
                () => UnfollowAsync(topic),
                _ => null),
            cancellationToken);

    /// <summary>Closes the connection and ends every subscription; rooms are left after their grace.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        await _topics.StopAsync();
        await _link.DisposeAsync();
        await _probing;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task<TopicSubscription> FollowAsync(FollowRequest request, CancellationToken cancellationToken)
    {
        // The first call that needs the connection opens it, and is refused when no user is signed in.
        await _link.SocketAsync(cancellationToken);
        return await _topics.FollowAsync(request, cancellationToken);
    }

    // Without a connection there is nothing to unfollow: the next one follows only what is still wanted.
    private async Task UnfollowAsync(string topic)
    {
        if (_topics.Socket is not { Gone.IsCompleted: false } socket)
            return;
        // Should the connection break, what it followed goes with it.
        Task unfollowed = socket.InvokeAsync<object?>("Unfollow", [topic], _end.Token);
        await unfollowed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
