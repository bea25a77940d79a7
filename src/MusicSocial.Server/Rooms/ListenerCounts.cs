using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Tells how many people are in each room, and keeps it for the directory: at most one signal and one write per room and
/// interval, however many come and go.
/// </summary>
internal sealed partial class ListenerCounts(
    IPresence presence, ITopicPublisher topics, RoomStore store, IOptions<RoomOptions> options, TimeProvider time,
    ILogger<ListenerCounts> logger)
    : BackgroundService
{
    private readonly ConcurrentDictionary<string, bool> _changed = new();
    private readonly ConcurrentDictionary<string, int> _told = new();

    /// <summary>Somebody came or left.</summary>
    public void Changed(string roomId) => _changed[roomId] = true;

    /// <summary>Somebody told this number, this node or another.</summary>
    public void Told(string roomId, int count) => _told[roomId] = count;

    /// <summary>So many are there; told unless everybody knows.</summary>
    public void Counted(string roomId, int count)
    {
        if (!_told.TryGetValue(roomId, out var told) || told != count)
            Changed(roomId);
    }

    /// <summary>The room is not heard any more.</summary>
    public void Forget(string roomId) => _told.TryRemove(roomId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CountEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var counted = new List<DirectoryPlace>();
        try
        {
            foreach (var roomId in _changed.Keys)
            {
                _changed.TryRemove(roomId, out _);
                var count = await presence.CountAsync(LiveRoom.TopicOf(roomId), cancellationToken);
                counted.Add(new DirectoryPlace(count, roomId));
                await topics.SignalAsync(LiveRoom.TopicOf(roomId), RoomMessages.Listeners, new ListenersView(count), cancellationToken);
            }

            if (counted.Count > 0)
                await store.SaveListenersAsync(counted, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (var place in counted)
                Changed(place.Id);
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Listeners could not be counted; tried again with the next tick.")]
    private partial void LogFailed(Exception exception);
}
