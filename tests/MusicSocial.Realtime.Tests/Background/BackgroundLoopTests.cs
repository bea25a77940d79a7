using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.TestRig;

namespace MusicSocial.Realtime.Tests.Background;

public sealed class BackgroundLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_periodic_task_that_blocks_does_not_delay_heartbeats()
    {
        var blocked = new Blocked();
        var heart = new Heart();
        using var maintenance = new MaintenanceLoop([blocked], _time, NullLogger<MaintenanceLoop>.Instance);
        using var heartbeats = new HeartbeatLoop([heart], _time, NullLogger<HeartbeatLoop>.Instance);
        await maintenance.StartAsync(default);
        await heartbeats.StartAsync(default);

        await AdvanceUntil(() => blocked.HasBegun);
        var before = heart.Beats;
        await AdvanceUntil(() => heart.Beats >= before + 25);

        blocked.End();
        await maintenance.StopAsync(default);
        await heartbeats.StopAsync(default);
    }

    [Fact]
    public async Task A_heartbeat_that_fails_does_not_stop_the_others()
    {
        var heart = new Heart();
        using var heartbeats = new HeartbeatLoop([new FailingHeart(), heart], _time, NullLogger<HeartbeatLoop>.Instance);
        await heartbeats.StartAsync(default);

        await AdvanceUntil(() => heart.Beats >= 3);

        await heartbeats.StopAsync(default);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task A_periodic_service_outlives_every_failure(Type failure)
    {
        using var service = new Failing(_time, (Exception)Activator.CreateInstance(failure)!);
        await service.StartAsync(default);

        await AdvanceUntil(() => service.Runs >= 3);
        Assert.False(service.ExecuteTask!.IsCompleted);

        await service.StopAsync(default);
        Assert.True(service.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_supervised_loop_that_ends_starts_again()
    {
        using var service = new Ending(_time);
        await service.StartAsync(default);

        await AdvanceUntil(() => service.Starts >= 4);

        await service.StopAsync(default);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    private Task AdvanceUntil(Func<bool> condition) => Eventually.Holds(
        () =>
        {
            _time.Advance(Second);
            return condition();
        },
        "enough runs");

    private sealed class Blocked : IPeriodicTask
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasBegun { get; private set; }

        public void End() => _end.SetResult();

        public async ValueTask RunAsync(CancellationToken cancellationToken)
        {
            HasBegun = true;
            await _end.Task;
        }
    }

    private sealed class Heart : IHeartbeat
    {
        private int _beats;

        public int Beats => Volatile.Read(ref _beats);

        public ValueTask BeatAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _beats);
            return default;
        }
    }

    private sealed class FailingHeart : IHeartbeat
    {
        public ValueTask BeatAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("a heartbeat that fails");
    }

    private sealed class Failing(TimeProvider time, Exception failure) : PeriodicService(Second, time, NullLogger.Instance)
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        protected override Task RunOnceAsync(CancellationToken stoppingToken)
        {
            Interlocked.Increment(ref _runs);
            throw failure;
        }
    }

    private sealed class Ending(TimeProvider time) : SupervisedService(time, NullLogger.Instance)
    {
        private int _starts;

        public int Starts => Volatile.Read(ref _starts);

        protected override Task RunAsync(CancellationToken stoppingToken) =>
            Interlocked.Increment(ref _starts) % 2 == 0 ? throw new OperationCanceledException() : Task.CompletedTask;
    }
}
