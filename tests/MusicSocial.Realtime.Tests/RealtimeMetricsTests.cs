using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests;

public sealed class RealtimeMetricsTests
{
    [Fact]
    public async Task Every_instrument_is_explained_to_whoever_runs_the_hub()
    {
        ConcurrentBag<Instrument> instruments = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == RealtimeMetrics.MeterName)
                    instruments.Add(instrument);
            },
        };
        await using var node = new TestNode();
        node.Get<RealtimeMetrics>();
        listener.Start();

        var operations = await File.ReadAllTextAsync(OperationsPage());

        Assert.NotEmpty(instruments);
        Assert.All(instruments, instrument => Assert.Contains($"`{instrument.Name}`", operations, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Samples_flushes_and_lags_are_counted()
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        await using var node = new TestNode(options => options.ReadableBurst = 2);
        node.Kind.Voice = _ => new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == node.Get<IMeterFactory>())
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument, 1));
        node.Get<RealtimeMetrics>();
        listener.Start();
        var client = await node.ConnectAsync();
        await client.FollowAsync("test:song");

        for (var number = 1; number <= 10; number++)
            await node.PublishAsync("test:song", number);
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => client.Frames("test:song").Sum(frame => frame.Total) == 10, "all covered");
        await Eventually.Holds(() => Sum("musicsocial.flush.lag") == 2, "two flushes");

        Assert.Equal(10, Sum("musicsocial.frame.covered"));
        Assert.Equal(2, Sum("musicsocial.frame.shown"));
        Assert.Equal(2, Sum("musicsocial.frames"));
        Assert.Equal(0, Sum("musicsocial.flush.overruns"));

        void Add(Instrument instrument, double value)
        {
            lock (sums)
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
        }

        double Sum(string name)
        {
            lock (sums)
                return sums.GetValueOrDefault(name);
        }
    }

    private static string OperationsPage([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "operations.md");
}
