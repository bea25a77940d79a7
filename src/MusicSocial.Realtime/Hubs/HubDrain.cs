using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// Empties a node that is about to stop: asks its clients, a few at a time, to come back elsewhere, and cuts off those that stay. They resume on
/// another node where they stood here.
/// </summary>
public sealed class HubDrain
{
    // A client away for a fraction of a second loses nothing; the spread keeps them from reaching the other nodes all at once.
    private const int MostRetryAfterMs = 250;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TopicConnections _connections;
    private readonly RealtimeOptions _options;
    private readonly TimeProvider _time;
    private volatile bool _isDraining;

    internal HubDrain(TopicConnections connections, IOptions<RealtimeOptions> options, TimeProvider time) =>
        (_connections, _options, _time) = (connections, options.Value, time);

    /// <summary>True from the moment draining began: new connections are to be sent to another node.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Returns when no connection is left. Takes at most <see cref="RealtimeOptions.DrainSpread"/> and <see cref="RealtimeOptions.DrainPatience"/>.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        HashSet<string> asked = [];
        await AskAsync(asked, cancellationToken);
        var askedAt = _time.GetTimestamp();
        while (_connections.Count > 0)
        {
            if (_time.GetElapsedTime(askedAt) > _options.DrainPatience)
            {
                AbortAll();
                return;
            }

            await Task.Delay(Look, _time, cancellationToken);
            // A connection accepted before draining began may have completed its handshake only now.
            await AskAsync(asked, cancellationToken);
        }
    }

    private async Task AskAsync(HashSet<string> asked, CancellationToken cancellationToken)
    {
        TopicConnection[] waiting = [.. _connections.All.Where(connection => asked.Add(connection.Id))];
        Random.Shared.Shuffle(waiting);
        var began = _time.GetTimestamp();
        var spread = Min(_options.DrainSpread, waiting.Length * Pace);
        for (var i = 0; i < waiting.Length; i++)
        {
            var due = spread * i / waiting.Length - _time.GetElapsedTime(began);
            if (due > Look)
            {
                await Task.Delay(due, _time, cancellationToken);
            }

            waiting[i].Writer.SendDirect(TopicMessages.Draining(Random.Shared.Next(MostRetryAfterMs)));
        }
    }

    private void AbortAll()
    {
        foreach (var connection in _connections.All)
        {
            connection.Writer.Abort();
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
