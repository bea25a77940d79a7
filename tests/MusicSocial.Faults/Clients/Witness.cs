using System.Text.Json;
using MusicSocial.Client;
using MusicSocial.Client.Connection;
using MusicSocial.Faults.History;

namespace MusicSocial.Faults.Clients;

/// <summary>
/// Follows a song over bare connections and records every frame as it came: nothing a client library would heal stays hidden. After a loss or
/// a gap it asks again from where it stood, at whichever node answers.
/// </summary>
internal sealed class Witness(string name, MusicSocialClientOptions options, string accessToken, string trackId, Recorder recorder) : IHubListener
{
    private readonly string _topic = $"track:{trackId}";
    private readonly Lock _gate = new();
    private readonly List<Frame> _early = [];
    private readonly NodeRing _nodes = new(options.Nodes, Random.Shared);
    private TaskCompletionSource _gap = new();
    private TopicPosition? _position;
    private HubSocket? _following;
    private int _connection;

    /// <summary>Where it stands.</summary>
    public TopicPosition? Position => Volatile.Read(ref _position);

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WatchOnceAsync(cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }

            _nodes.Advance();
        }
    }

    public void OnOpened(HubSocket socket)
    {
        // Never called: it opens its connections itself.
    }

    public void OnSignals(SignalBatch batch)
    {
        // Signals may be lost; there is nothing to check.
    }

    public void OnGap(HubSocket socket, Gap gap)
    {
        lock (_gate)
        {
            _following = null;
            _gap.TrySetResult();
        }
    }

    public void OnFrame(HubSocket socket, Frame frame)
    {
        lock (_gate)
        {
            if (socket == _following)
                Take(frame);
            else
                _early.Add(frame);
        }
    }

    private async Task WatchOnceAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.ConnectTimeout);
        await using var socket = await HubSocket.OpenAsync(_nodes.Current, accessToken, options, this, patience.Token);
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
        _connection++;
        while (!socket.Gone.IsCompleted)
        {
            lock (_gate)
            {
                _following = null;
                _early.Clear();
                _gap = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            var answer = await socket.InvokeAsync<FollowAnswer>("Follow", [_topic, _position], cancellationToken)
                .WaitAsync(options.CallTimeout, cancellationToken);
            Take(socket, answer);
            await Task.WhenAny(socket.Gone, _gap.Task).WaitAsync(cancellationToken);
        }
    }

    private void Take(HubSocket socket, FollowAnswer answer)
    {
        lock (_gate)
        {
            recorder.Add(answer.Recovered
                ? new Delivered(
                    name, _connection, answer.Position.Epoch, (_position?.Offset ?? 0) + 1, answer.Position.Offset, IsSample: false,
                    [.. answer.Events.Select(Seen.Of)])
                : Seen.Of(name, _connection, answer.Position, WireJson.Read<TrackSnapshot>((JsonElement)answer.Snapshot!)));
            _position = answer.Position;
            _following = socket;
            foreach (var frame in _early)
                Take(frame);
            _early.Clear();
        }
    }

    private void Take(Frame frame)
    {
        recorder.Add(new Delivered(
            name, _connection, frame.Epoch, frame.From, frame.To, frame.Shown < frame.Total, [.. frame.Events.Select(Seen.Of)]));
        _position = new TopicPosition(frame.Epoch, frame.To);
    }
}
