using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Clock;

/// <summary>Asks the hub for its time in bursts: dense on every new connection, then as often as following the drift needs.</summary>
internal sealed class ClockProbes(HubClock clock, MusicSocialClientOptions options)
{
    /// <summary>Probes in one burst.</summary>
    public const int PerBurst = 8;

    /// <summary>An answer that takes longer is as good as lost: nothing may wait for it.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(2);

    /// <summary>The pause before the next burst.</summary>
    public static TimeSpan PauseAfter(int bursts, TimeSpan sinceStart)
    {
        if (bursts <= 3)
            return TimeSpan.FromMilliseconds(250);
        if (sinceStart < TimeSpan.FromSeconds(10))
            return TimeSpan.FromSeconds(1);
        return TimeSpan.FromSeconds(sinceStart < TimeSpan.FromSeconds(30) ? 2 : 10);
    }

    /// <summary>Runs as long as the connection lives; the next connection begins again.</summary>
    public async Task ProbeAsync(HubSocket socket, CancellationToken cancellationToken) =>
        await ProbeForeverAsync(socket, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ProbeForeverAsync(HubSocket socket, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        for (var bursts = 1; !socket.Gone.IsCompleted; bursts++)
        {
            var probes = await BurstAsync(socket, cancellationToken);
            clock.Take(probes);
            if (probes.Count > 1)
            {
                var (roundTripMs, jitterMs) = ProbeBurst.PathOf(probes);
                await socket.InvokeAsync<object?>("ReportRoundTrip", [roundTripMs, jitterMs], cancellationToken);
            }

            await Task.WhenAny(socket.Gone, Task.Delay(PauseAfter(bursts, options.Time.GetElapsedTime(started)), options.Time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<List<Probe>> BurstAsync(HubSocket socket, CancellationToken cancellationToken)
    {
        var probes = new List<Probe>(PerBurst);
        for (var i = 0; i < PerBurst; i++)
        {
            var sent = clock.LocalMs;
            try
            {
                var answer = await socket.InvokeAsync<ClockAnswer>("Clock", [sent], cancellationToken).WaitAsync(LostAfter, options.Time, cancellationToken);
                probes.Add(new Probe(sent, answer.HubMs, clock.LocalMs));
            }
            catch (TimeoutException)
            {
                break;
            }

            // Usable after the first answer.
            if (!clock.IsReady)
                clock.Take(probes);
        }

        return probes;
    }
}
