using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Background;

public sealed class KeyedWorkQueueTests : IAsyncDisposable
{
    private readonly KeyedWorkQueue _queue = new("test", parallelism: 4, NullLogger.Instance);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task Work_of_one_key_runs_in_order_and_never_side_by_side()
    {
        var done = new ConcurrentQueue<int>();
        var running = 0;
        for (var i = 0; i < 200; i++)
        {
            var number = i;
            _queue.Enqueue("a", async _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                await Task.Yield();
                done.Enqueue(number);
                Interlocked.Decrement(ref running);
            });
        }

        await Eventually.Holds(() => done.Count == 200, "everything ran");
        Assert.Equal(Enumerable.Range(0, 200), done);
    }

    [Fact]
    public async Task Different_keys_run_side_by_side_but_no_more_than_allowed()
    {
        var gate = new TaskCompletionSource();
        var running = 0;
        for (var i = 0; i < 10; i++)
        {
            _queue.Enqueue($"{i}", async _ =>
            {
                Interlocked.Increment(ref running);
                await gate.Task;
            });
        }

        await Eventually.Holds(() => Volatile.Read(ref running) == 4, "four run");
        Assert.Equal(10, _queue.Count);
        gate.SetResult();
        await Eventually.Holds(() => _queue.Count == 0 && running == 10, "all ran");
    }

    [Fact]
    public async Task A_busy_key_does_not_hold_up_the_others()
    {
        await using var queue = new KeyedWorkQueue("one at a time", parallelism: 1, NullLogger.Instance);
        var gate = new TaskCompletionSource();
        var order = new ConcurrentQueue<string>();
        queue.Enqueue("busy", _ => gate.Task);
        for (var i = 0; i < 5; i++)
            queue.Enqueue("busy", _ => Note("busy"));
        queue.Enqueue("quiet", _ => Note("quiet"));
        gate.SetResult();

        await Eventually.Holds(() => order.Count == 6, "all ran");
        Assert.True(order.ToList().IndexOf("quiet") <= 1);

        Task Note(string key)
        {
            order.Enqueue(key);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Of_work_that_wants_the_latest_only_the_last_that_has_not_begun_runs()
    {
        var gate = new TaskCompletionSource();
        var ran = new ConcurrentQueue<int>();
        _queue.EnqueueLatest("a", async _ =>
        {
            ran.Enqueue(0);
            await gate.Task;
        });
        await Eventually.Holds(() => ran.Count == 1, "the first began");
        for (var i = 1; i <= 100; i++)
        {
            var number = i;
            _queue.EnqueueLatest("a", _ => Note(number));
        }

        _queue.Enqueue("a", _ => Note(101));
        _queue.EnqueueLatest("a", _ => Note(102));
        gate.SetResult();

        await Eventually.Holds(() => _queue.Count == 0, "nothing waits");
        Assert.Equal([0, 100, 101, 102], ran);

        Task Note(int number)
        {
            ran.Enqueue(number);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_that_throws_ends_nothing_but_itself(bool isCancellation)
    {
        var done = new TaskCompletionSource();
        _queue.Enqueue("a", _ => throw (isCancellation ? new OperationCanceledException() : new InvalidOperationException("no")));
        _queue.Enqueue("a", async _ =>
        {
            await Task.Yield();
            throw (isCancellation ? new TaskCanceledException() : new InvalidOperationException("no"));
        });
        _queue.Enqueue("a", _ =>
        {
            done.SetResult();
            return Task.CompletedTask;
        });

        await done.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stopping_waits_for_what_runs_and_drops_what_waits()
    {
        var began = new TaskCompletionSource();
        var ended = false;
        var dropped = false;
        _queue.Enqueue("a", async stopping =>
        {
            began.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }
            finally
            {
                ended = true;
            }
        });
        _queue.Enqueue("a", _ =>
        {
            dropped = true;
            return Task.CompletedTask;
        });
        await began.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await _queue.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        _queue.Enqueue("b", _ =>
        {
            dropped = true;
            return Task.CompletedTask;
        });

        Assert.True(ended);
        Assert.False(dropped);
    }
}
