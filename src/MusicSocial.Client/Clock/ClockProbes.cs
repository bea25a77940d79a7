using MusicSocial.Client.Connection;
using MusicSocial.Client.Wire;

namespace MusicSocial.Client.Clock;

/// <summary>Asks the hub for its time: a dense burst on every new connection, then now and then.</summary>
internal sealed class ClockProbes(HubClock clock, MusicSocialClientOptions options)
{
    private const int PerBurst = 8;

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenBursts = TimeSpan.FromSeconds(15);

    /// <summary>Runs as long as the connection lives; the next one is asked anew.</summary>
    public async Task ProbeAsync(HubSocket socket, CancellationToken cancellationToken) =>
        await ProbeForeverAsync(socket, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ProbeForeverAsync(HubSocket socket, CancellationToken cancellationToken)
    {
        while (!socket.Gone.IsCompleted)
        {
            for (var i = 0; i < PerBurst; i++)
            {
                await ProbeOnceAsync(socket, cancellationToken);
                await Task.Delay(BetweenProbes, options.Time, cancellationToken);
            }

            await socket.InvokeAsync<object?>("ReportRoundTrip", [clock.RoundTrip.TotalMilliseconds, 0d], cancellationToken);
            await Task.WhenAny(socket.Gone, Task.Delay(BetweenBursts, options.Time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ProbeOnceAsync(HubSocket socket, CancellationToken cancellationToken)
    {
        var sent = clock.LocalMs;
        var answer = await socket.InvokeAsync<ClockAnswer>("Clock", [sent], cancellationToken);
        clock.Take(sent, answer.HubMs, clock.LocalMs);
    }
}
