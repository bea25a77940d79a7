using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace MusicSocial.Server.Rooms;

/// <summary>A seat whose connection is gone.</summary>
internal sealed record VanishedSeat(string RoomId, string UserId, string ConnectionId);

/// <summary>Vanished connections waiting for their person to come back. All wait equally long, so they come out in order.</summary>
internal sealed class RoomGrace(IOptions<RoomOptions> options, TimeProvider time)
{
    private readonly Channel<(VanishedSeat Seat, long Since)> _vanished =
        Channel.CreateUnbounded<(VanishedSeat, long)>(new UnboundedChannelOptions { SingleReader = true });

    public void Begin(VanishedSeat seat) => _vanished.Writer.TryWrite((seat, time.GetTimestamp()));

    /// <summary>The seats whose grace is over, each when it is.</summary>
    public async IAsyncEnumerable<VanishedSeat> OverAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (seat, since) in _vanished.Reader.ReadAllAsync(cancellationToken))
        {
            var wait = options.Value.Grace - time.GetElapsedTime(since);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            yield return seat;
        }
    }
}
