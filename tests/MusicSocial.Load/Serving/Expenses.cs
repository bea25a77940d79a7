using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using MusicSocial.Realtime;

namespace MusicSocial.Load.Serving;

/// <summary>What a server has spent since it started, as it says itself.</summary>
/// <param name="AllocatedBytes">Garbage, collected or not.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
/// <param name="Counters">Sums of what the live machinery counts, by instrument and tag.</param>
internal sealed record Expenses(long AllocatedBytes, int Collections, IReadOnlyDictionary<string, long> Counters)
{
    public const string Path = "/expenses";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var counters = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == RealtimeMetrics.MeterName && instrument is Counter<long>)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = tags.Length > 0 ? $"{instrument.Name} {tags[0].Key}={tags[0].Value}" : instrument.Name;
            // Without garbage of its own, which would be counted as the hub's.
            counters.AddOrUpdate(name, static (_, added) => added, static (_, sum, added) => sum + added, value);
        });
        listener.Start();
        routes.MapGet(Path, () => new Expenses(GC.GetTotalAllocatedBytes(), GC.CollectionCount(0), counters));
    }
}
