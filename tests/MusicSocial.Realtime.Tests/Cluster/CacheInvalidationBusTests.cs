using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

public sealed class CacheInvalidationBusTests : IAsyncLifetime
{
    private const int QueueLimit = 10_000;

    private readonly FakeCluster _cluster = new();
    private readonly CacheInvalidationBus _bus;

    public CacheInvalidationBusTests() =>
        _bus = new(_cluster, _cluster, TimeProvider.System, NullLogger<CacheInvalidationBus>.Instance);

    public Task InitializeAsync() => _bus.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _bus.StopAsync(CancellationToken.None);
        _bus.Dispose();
    }

    [Fact]
    public async Task What_was_published_during_an_outage_reaches_the_log_afterwards()
    {
        _cluster.OnAppend = _ => throw new InvalidOperationException("away");
        await PublishAsync("early");
        _cluster.OnAppend = _ => Task.CompletedTask;

        await Eventually.Holds(() => Ids().Contains("early"), "the waiting invalidation is appended");
    }

    [Fact]
    public async Task More_than_can_wait_is_published_as_a_change_of_everything_even_if_it_overflows_during_a_retry()
    {
        var retry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isRetrying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var appends = 0;
        _cluster.OnAppend = async _ =>
        {
            // The first attempt is the publisher's own; the second is the retry, which waits until the queue has overflowed.
            var append = Interlocked.Increment(ref appends);
            if (append == 2)
            {
                isRetrying.SetResult();
                await retry.Task;
                return;
            }

            throw new InvalidOperationException("away");
        };
        await PublishAsync("first");
        await Eventually.Finishes(isRetrying.Task);
        for (var i = 0; i <= QueueLimit; i++)
            await PublishAsync($"track-{i}");
        _cluster.OnAppend = _ => Task.CompletedTask;
        retry.SetResult();

        await Eventually.Holds(() => _cluster.Appended.Any(appended => appended.Type == "everything") || _cluster.Appended.Count > QueueLimit, "caught up");
        Assert.Contains(_cluster.Appended, appended => appended.Type == "everything");
    }

    [Fact]
    public async Task A_subscriber_that_throws_keeps_neither_the_others_nor_the_caller_from_learning_of_the_change()
    {
        List<string?> heard = [];
        _bus.Subscribe("track", _ => throw new InvalidOperationException("a subscriber's own mistake"));
        _bus.Subscribe("track", heard.Add);

        await PublishAsync("mine");

        Assert.Contains("mine", heard);
        Assert.Contains("mine", Ids());
    }

    private ValueTask PublishAsync(string id) => _bus.PublishAsync("track", [id]);

    private IEnumerable<string?> Ids() => _cluster.Appended
        .Where(appended => appended.Type == "track").SelectMany(appended => appended.Data.EnumerateArray().Select(id => id.GetString()));
}
