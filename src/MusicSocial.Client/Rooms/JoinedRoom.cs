using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MusicSocial.Client.Connection;
using MusicSocial.Client.Topics;

namespace MusicSocial.Client.Rooms;

/// <summary>A room this client is a member of. <see cref="State"/> follows the room by itself; commands are repeated over reconnects where that is safe.</summary>
public sealed class JoinedRoom : IAsyncDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly HashSet<Channel<RoomView>> _watchers = [];
    private readonly TopicSubscription _subscription;
    private readonly HubCalls _hub;
    private readonly Task _running;
    private RoomView _state;
    private bool _hasEnded;
    private Exception? _endedBy;

    internal JoinedRoom(RoomView seen, TopicSubscription subscription, HubCalls hub)
    {
        (_state, _subscription, _hub) = (seen, subscription, hub);
        _running = Task.Run(KeepUpAsync);
    }

    /// <summary>The room's id.</summary>
    public string Id => _state.Id;

    /// <summary>The room as of the latest event.</summary>
    public RoomView State => Volatile.Read(ref _state);

    /// <summary>Completes when the room was left or closed; fails with <c>room.kicked</c> when the member was removed.</summary>
    public Task Ended => _running;

    internal Task Entered => _entered.Task;

    /// <summary>The room as it is and becomes; a slow reader sees the latest and not every state in between.</summary>
    /// <exception cref="RefusedException">The member was removed from the room, also before the call.</exception>
    public async IAsyncEnumerable<RoomView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var states = Channel.CreateBounded<RoomView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            states.Writer.TryWrite(State);
            if (_hasEnded)
                states.Writer.TryComplete(_endedBy);
            _watchers.Add(states);
        }

        try
        {
            await foreach (var state in states.Reader.ReadAllAsync(cancellationToken))
                yield return state;
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(states);
            }
        }
    }

    /// <summary>Signals: <c>listeners</c>, <c>reactions</c>, <c>votes</c>, <c>kicked</c>, and <c>cue</c> once asked for.</summary>
    public IAsyncEnumerable<TopicSignal> ReadSignalsAsync(CancellationToken cancellationToken = default) =>
        _subscription.ReadSignalsAsync(cancellationToken);

    /// <summary>Lets the lyric cues of what plays come as signals of type <c>cue</c>.</summary>
    public Task FollowCuesAsync(CancellationToken cancellationToken = default) => _subscription.FollowCuesAsync(cancellationToken);

    /// <summary>Starts or resumes playing.</summary>
    public Task PlayAsync(CancellationToken cancellationToken = default) => CommandAsync("Play", [Id], cancellationToken);

    /// <summary>Pauses.</summary>
    public Task PauseAsync(CancellationToken cancellationToken = default) => CommandAsync("Pause", [Id], cancellationToken);

    /// <summary>Jumps within the track.</summary>
    public Task SeekAsync(TimeSpan position, CancellationToken cancellationToken = default) =>
        CommandAsync("Seek", [Id, position.TotalMilliseconds], cancellationToken);

    /// <summary>On to the next item. Refused <c>room.stale</c> when another item plays already, be it by an earlier attempt of this call.</summary>
    public Task SkipAsync(string fromItemId, CancellationToken cancellationToken = default) =>
        CommandAsync("Skip", [Id, fromItemId], cancellationToken);

    /// <summary>Reports that this device can play the current item, so that a start does not wait for it any longer. Refused <c>room.stale</c> for another item.</summary>
    public Task ReadyAsync(string itemId, CancellationToken cancellationToken = default) => CommandAsync("Ready", [Id, itemId], cancellationToken);

    /// <summary>Reports that this device cannot play the current item: what more than half of the present cannot play is skipped.</summary>
    public Task CannotPlayAsync(string itemId, CancellationToken cancellationToken = default) => CommandAsync("CannotPlay", [Id, itemId], cancellationToken);

    /// <summary>Lets a start that waits for others begin without them.</summary>
    public Task StartNowAsync(string itemId, CancellationToken cancellationToken = default) => CommandAsync("StartNow", [Id, itemId], cancellationToken);

    /// <summary>Back to the item before, or to the start of this one. Never repeated: see <see cref="HubUnreachableException"/>.</summary>
    public Task PreviousAsync(CancellationToken cancellationToken = default) =>
        _hub.CallAsync("Previous", [Id], Repeatability.Once, cancellationToken);

    /// <summary>Adds a track to the queue, once.</summary>
    /// <param name="trackId">What to play.</param>
    /// <param name="commandId">The caller's own name for this command: sent twice, it is done once. A new one when null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task EnqueueAsync(string trackId, string? commandId = null, CancellationToken cancellationToken = default) =>
        CommandAsync("Enqueue", [Id, trackId, commandId ?? NewKey()], cancellationToken);

    /// <summary>Takes an item out of the queue. Refused <c>room.item_not_found</c> when it is not there (any more).</summary>
    public Task RemoveAsync(string itemId, CancellationToken cancellationToken = default) =>
        CommandAsync("RemoveQueued", [Id, itemId], cancellationToken);

    /// <summary>Gives an item another place in the queue, counted from 0.</summary>
    public Task MoveAsync(string itemId, int toIndex, CancellationToken cancellationToken = default) =>
        CommandAsync("MoveQueued", [Id, itemId, toIndex], cancellationToken);

    /// <summary>Votes to skip the current item.</summary>
    public Task VoteSkipAsync(string itemId, CancellationToken cancellationToken = default) =>
        CommandAsync("VoteSkip", [Id, itemId], cancellationToken);

    /// <summary>Gives a member a role; giving <see cref="RoomRole.Host"/> passes it on.</summary>
    public Task SetRoleAsync(string userId, RoomRole role, CancellationToken cancellationToken = default) =>
        CommandAsync("SetRole", [Id, userId, role], cancellationToken);

    /// <summary>Removes a member, who stays out for a while.</summary>
    public Task KickAsync(string userId, CancellationToken cancellationToken = default) =>
        CommandAsync("KickMember", [Id, userId], cancellationToken);

    /// <summary>Bans a user, in the room or not.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="length">For how long, at least a minute; null for good.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task BanAsync(string userId, TimeSpan? length = null, CancellationToken cancellationToken = default) =>
        CommandAsync("BanMember", [Id, userId, length?.TotalMinutes], cancellationToken);

    /// <summary>Takes what a user said in the chat from everyone's view.</summary>
    public Task ClearMessagesAsync(string userId, CancellationToken cancellationToken = default) =>
        CommandAsync("ClearMessages", [Id, userId], cancellationToken);

    /// <summary>Lets a user who knocked in, or not. Refused <c>room.knock_not_found</c> when they do not wait any more, be it by an earlier attempt of this call.</summary>
    public Task AdmitAsync(string userId, bool allowed, CancellationToken cancellationToken = default) =>
        CommandAsync("Admit", [Id, userId, allowed], cancellationToken);

    /// <summary>Pauses the chat for listeners; <see cref="TimeSpan.Zero"/> ends the pause.</summary>
    public Task PauseChatAsync(TimeSpan length, CancellationToken cancellationToken = default) =>
        CommandAsync("PauseChat", [Id, length.TotalMinutes], cancellationToken);

    /// <summary>Changes the settings of the room.</summary>
    public Task ChangeAsync(RoomSettingsRequest settings, CancellationToken cancellationToken = default) =>
        CommandAsync("ChangeRoom", [Id, settings], cancellationToken);

    /// <summary>Invites a user: puts a notice into their inbox.</summary>
    public Task InviteAsync(string userId, CancellationToken cancellationToken = default) =>
        CommandAsync("InviteToRoom", [Id, userId], cancellationToken);

    /// <summary>Sends a chat message, once.</summary>
    /// <param name="text">What.</param>
    /// <param name="clientKey">The caller's own name for this message; a new one when null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ChatMessage> SayAsync(string text, string? clientKey = null, CancellationToken cancellationToken = default) =>
        _hub.CallAsync<ChatMessage>("Say", [Id, text, clientKey ?? NewKey()], Repeatability.Repeatable, cancellationToken);

    /// <summary>Sends a reaction to the room.</summary>
    public Task ReactAsync(string emoji, CancellationToken cancellationToken = default) =>
        _hub.CallAsync("React", [_subscription.Topic, emoji], Repeatability.Once, cancellationToken);

    /// <summary>Leaves the room.</summary>
    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string NewKey() => Guid.CreateVersion7().ToString("N");

    private Task CommandAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        _hub.CallAsync(method, arguments, Repeatability.Repeatable, cancellationToken);

    private async Task KeepUpAsync()
    {
        try
        {
            await foreach (var update in _subscription.ReadAllAsync())
            {
                if (update is TopicStarted started)
                    Become(started.ReadSnapshot<RoomView>());
                else if (update is TopicHappened happened)
                    Become(RoomChanges.Apply(State, happened.Event));
                _entered.TrySetResult();
                if (update is TopicHappened { Event.Type: "room.closed" })
                    break;
            }
        }
        catch (Exception exception)
        {
            // A refusal, or an event this client cannot read: either way the state no longer follows the room.
            _endedBy = exception;
            throw;
        }
        finally
        {
            _entered.TrySetException(_endedBy ?? new ObjectDisposedException(nameof(JoinedRoom)));
            _ = _entered.Task.Exception;
            lock (_gate)
            {
                _hasEnded = true;
                foreach (var watcher in _watchers)
                    watcher.Writer.TryComplete(_endedBy);
            }
        }
    }

    private void Become(RoomView state)
    {
        lock (_gate)
        {
            Volatile.Write(ref _state, state);
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(state);
        }
    }
}
