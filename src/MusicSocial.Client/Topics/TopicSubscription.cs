using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Topics;

/// <summary>
/// One followed topic. Its updates come in order and once, whatever happens to connections and nodes; after a loss that cannot be made good
/// comes a <see cref="TopicStarted"/>. A reader who is slow, or absent, costs bounded memory and misses nothing that a snapshot does not tell.
/// </summary>
public sealed class TopicSubscription : IAsyncDisposable
{
    private const int FramesHeld = 256;
    private const int SignalsHeld = 256;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<TopicMessage> _messages = Channel.CreateBounded<TopicMessage>(FramesHeld);
    private readonly Channel<TopicUpdate> _updates;
    private readonly Channel<TopicSignal> _signals =
        Channel.CreateBounded<TopicSignal>(new BoundedChannelOptions(SignalsHeld) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly TopicCursor _cursor = new();
    private readonly MusicSocialClientOptions _options;
    private readonly FollowRequest _request;
    private readonly Func<TopicSubscription, Task> _leave;
    private readonly Task _running;
    private volatile HubSocket? _socket;
    private volatile bool _missed;
    private volatile bool _wantsCues;

    internal TopicSubscription(FollowRequest request, Func<TopicSubscription, Task> leave, MusicSocialClientOptions options)
    {
        (Topic, _request, _leave, _options) = (request.Topic, request, leave, options);
        _updates = Channel.CreateBounded<TopicUpdate>(options.UpdatesHeld);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Which topic, e.g. <c>track:{id}</c>.</summary>
    public string Topic { get; }

    /// <summary>Where the topic stands for this client, as far as it was put before the reader; null before the first answer.</summary>
    public TopicPosition? Position => _cursor.Position;

    /// <summary>The updates, from where the last reader stopped; one reader at a time.</summary>
    /// <exception cref="RefusedException">The hub does not let one follow this topic any more.</exception>
    public IAsyncEnumerable<TopicUpdate> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _updates.Reader.ReadAllAsync(cancellationToken);

    /// <summary>The signals; the oldest of more than 256 unread ones are dropped.</summary>
    public IAsyncEnumerable<TopicSignal> ReadSignalsAsync(CancellationToken cancellationToken = default) =>
        _signals.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Lets lyric cues come as signals of type <c>cue</c>; only <c>room:</c> and <c>user:</c> topics have them.</summary>
    public async Task FollowCuesAsync(CancellationToken cancellationToken = default)
    {
        _wantsCues = true;
        if (_socket is { } socket)
            await FollowCuesAsync(socket, cancellationToken);
    }

    /// <summary>Stops following.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await StopAsync();
        await _leave(this);
    }

    /// <summary>Completes with the first answer of the hub.</summary>
    internal Task Followed => _followed.Task;

    internal void OnOpened(HubSocket socket)
    {
        _socket = socket;
        Receive(new TopicMessage(socket, null));
    }

    internal void Receive(TopicMessage message)
    {
        // Full: the reader is too slow. Nothing more is kept; it will ask for what it missed.
        if (!_messages.Writer.TryWrite(message))
            _missed = true;
    }

    internal void ReceiveSignal(TopicSignal signal)
    {
        _signals.Writer.TryWrite(signal);
        if (_request.EndedBy(signal) is { } refused)
            _messages.Writer.TryComplete(refused);
    }

    internal async Task StopAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        Exception? reason = null;
        try
        {
            HubSocket? followedOn = null;
            await foreach (var message in _messages.Reader.ReadAllAsync(_end.Token))
            {
                var missed = _missed;
                _missed = false;
                if (!missed && message.Frame is { } frame)
                {
                    if (message.From != followedOn || (_cursor.Take(frame) is { } updates && await PutAsync(updates)))
                        continue;
                }

                if (_socket is { } socket)
                    followedOn = await AskAsync(socket) ? socket : null;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (RefusedException refused)
        {
            reason = refused;
        }

        _followed.TrySetException(reason ?? new ObjectDisposedException(Topic));
        // Observed, as no caller may be waiting for it.
        _ = _followed.Task.Exception;
        _updates.Writer.TryComplete(reason);
        _signals.Writer.TryComplete(reason);
    }

    // False when the connection is lost: the next one brings a message of its own.
    private async Task<bool> AskAsync(HubSocket socket)
    {
        while (socket == _socket && !socket.Gone.IsCompleted)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            patience.CancelAfter(_options.CallTimeout);
            try
            {
                var answer = await _request.Ask(socket, _cursor.Position, patience.Token);
                if (_cursor.Take(answer) is not { } updates)
                    continue;
                _followed.TrySetResult();
                if (_wantsCues)
                    await FollowCuesAsync(socket, patience.Token);
                return await PutAsync(updates);
            }
            catch (HubException exception)
            {
                var refused = RefusalReading.Of(exception);
                if (refused is not null && !refused.Refusal.Kind.MayBeRetried())
                    throw refused;
                await Task.Delay(refused?.Refusal.RetryAfter ?? AskAgainAfter, _options.Time, _end.Token);
            }
            catch (Exception) when (!_end.IsCancellationRequested)
            {
                await Task.WhenAny(socket.Gone, Task.Delay(AskAgainAfter, _options.Time, _end.Token));
            }
        }

        return false;
    }

    private async Task<bool> PutAsync(IReadOnlyList<TopicUpdate> updates)
    {
        foreach (var update in updates)
            await _updates.Writer.WriteAsync(update, _end.Token);
        return true;
    }

    private Task FollowCuesAsync(HubSocket socket, CancellationToken cancellationToken) =>
        socket.InvokeAsync<object?>("FollowCues", [Topic, true], cancellationToken);
}
