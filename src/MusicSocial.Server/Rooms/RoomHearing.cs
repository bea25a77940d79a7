namespace MusicSocial.Server.Rooms;

/// <summary>
/// Keeps this node's rooms with those of the others: reads a room when something was heard of it, and lets what came of it happen here - its
/// next end, its watchers, those who have to go.
/// </summary>
internal sealed partial class RoomHearing(
    RoomEars ears, RoomWatch watch, LiveRooms rooms, RoomDoorman doorman, ILogger<RoomHearing> logger) : BackgroundService
{
    /// <summary>Rooms read at the same time.</summary>
    private const int AtOnce = 16;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            ears.HeardAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            CatchUpAsync);

    private async ValueTask CatchUpAsync(RoomNews news, CancellationToken cancellationToken)
    {
        try
        {
            if (news.IsAnew)
                watch.Doubt(news.RoomId);
            if (await rooms.FindAnyAsync(news.RoomId, cancellationToken) is { } live)
                await doorman.SeeOutAsync(live);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The usher looks at every room that is heard: what was missed here is caught up with there.
            LogNotCaughtUp(exception, news.RoomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of room {RoomId} could not be read; the next look catches up.")]
    private partial void LogNotCaughtUp(Exception exception, string roomId);
}
