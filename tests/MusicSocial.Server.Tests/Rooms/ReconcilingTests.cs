using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.Server.Tests.Nodes;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Rooms;

/// <summary>Rooms, leases and connections that do not agree are brought together, whatever fails on the way.</summary>
public sealed class ReconcilingTests : IAsyncLifetime
{
    private FaultyPresence _presence = null!;
    private FaultyLimits _limits = null!;
    private CountingState _state = null!;
    private HubApp _a = null!;
    private HubApp _b = null!;

    public Task InitializeAsync()
    {
        _a = TwoNodes.Start();
        _presence = new FaultyPresence(_a.Services.GetRequiredService<IPresence>());
        _limits = new FaultyLimits();
        _state = new CountingState(_a.Services.GetRequiredService<IRevisionedState>());
        _b = TwoNodes.Beside(_a, services: own => own
            .AddSingleton<IPresence>(_presence).AddSingleton<IRateLimitStore>(_limits).AddSingleton<IRevisionedState>(_state)
            .Configure<RoomOptions>(options => (options.Grace, options.LookEvery, options.SweepEvery) =
                (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100))));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _b.DisposeAsync();
        await _a.DisposeAsync();
    }

    [Fact]
    public async Task A_member_whose_lease_lapsed_leaves_at_once_and_is_back_when_their_node_says_so()
    {
        await using var host = await RoomsHub.HostAsync(_b);
        await using var ann = await RoomsHub.EnterAsync(await _a.GuestAsync("Ann"), host.RoomId, null);
        Assert.Equal(ann.Id, (await host.HearsAsync<MemberMovedView>("member.joined")).User.Id);

        _presence.Lapse("room:" + host.RoomId, ann.Id);

        Assert.Equal(ann.Id, (await host.HearsAsync<MemberMovedView>("member.left")).User.Id);
        Assert.Equal(ann.Id, (await host.HearsAsync<MemberMovedView>("member.joined")).User.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_that_fails_is_asked_again(bool isCancellation)
    {
        await using var host = await RoomsHub.HostAsync(_b);
        await using var ann = await RoomsHub.EnterAsync(await _a.GuestAsync("Ann"), host.RoomId, null);
        _presence.FailNext(isCancellation ? new OperationCanceledException() : new InvalidOperationException("no"));

        _presence.Lapse("room:" + host.RoomId, ann.Id);

        Assert.Equal(ann.Id, (await host.HearsAsync<MemberMovedView>("member.left")).User.Id);
        Assert.False(_presence.IsFaulty);
    }

    [Fact]
    public async Task The_sweep_goes_on_after_a_cancellation_that_is_not_the_hosts()
    {
        var host = await RoomsHub.HostAsync(_a);
        // On node B nothing follows this room, and its member is gone without a word.
        await Patiently.UntilAsync(() => _limits.Sweeps > 0, "the sweep that is cancelled");
        _presence.Lapse("room:" + host.RoomId, host.Id);

        await Patiently.UntilAsync(() => _limits.Sweeps > 2, "another sweep");
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_command_reads_the_room_once_and_what_a_node_wrote_it_does_not_read_again()
    {
        await using var host = await RoomsHub.HostAsync(_b);
        await using var ann = await RoomsHub.EnterAsync(await _a.GuestAsync("Ann"), host.RoomId, null);
        await host.DoAsync("SetRole", ann.Id, "dj");
        await ann.HearsAsync<RoleView>("member.role");
        _limits.IsClosed = true;
        var topic = "room:" + host.RoomId;
        var rooms = _b.Services.GetRequiredService<RoomRepository>();
        var before = _state.Reads(topic);

        for (var i = 0; i < 10; i++)
            await host.DoAsync("ChangeRoom", new { name = $"Kitchen {i}" });
        Assert.InRange(_state.Reads(topic) - before, 10, 11);

        // What node A writes comes after everything node B wrote: when it is known, the own events were dealt with.
        await ann.QueueAsync(await _a.AddTrackAsync());
        await Patiently.UntilAsync(() => rooms.Latest(host.RoomId)!.Room.Queue.Upcoming.Length == 1, "node B knows what node A wrote");
        Assert.InRange(_state.Reads(topic) - before, 11, 13);
    }

    [Fact]
    public async Task Counts_that_fail_are_counted_again()
    {
        await using var host = await RoomsHub.HostAsync(_b);
        await using var other = await RoomsHub.HostAsync(_b);
        var store = _b.Services.GetRequiredService<RoomStore>();
        var presence = new FaultyPresence(_a.Services.GetRequiredService<IPresence>()) { Count = 7 };
        presence.FailNext(new InvalidOperationException("no"));
        using var counts = ActivatorUtilities.CreateInstance<ListenerCounts>(_b.Services, presence);
        await counts.StartAsync(CancellationToken.None);

        counts.Changed(host.RoomId);
        counts.Changed(other.RoomId);

        await Patiently.UntilAsync(
            async () =>
            {
                var places = await store.ListAsync(after: null, openedAfterMs: 0, 10, CancellationToken.None);
                Assert.Contains(new DirectoryPlace(7, host.RoomId), places);
                Assert.Contains(new DirectoryPlace(7, other.RoomId), places);
            },
            "both rooms are counted");
        await counts.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_at_start_does_not_end_the_timer()
    {
        await using var host = await RoomsHub.HostAsync(_b);
        using var timer = new RoomTimer(
            _b.Services.GetRequiredService<RoomRepository>(), store: null!, _b.Services.GetRequiredService<IHubClock>(), TimeProvider.System,
            NullLogger<RoomTimer>.Instance);

        await timer.StartAsync(CancellationToken.None);
        await Patiently.UntilAsync(
            async () =>
            {
                // What is scheduled in the past comes out at once when the loop runs.
                timer.Schedule(host.RoomId, HubTime.FromMs(1));
                await Task.Delay(5);
                Assert.NotEqual(HubTime.FromMs(1), timer.Next);
            },
            "the timer works on");
        await timer.StopAsync(CancellationToken.None);

        Assert.False(timer.ExecuteTask!.IsFaulted);
    }

    private sealed class FaultyPresence(IPresence presence) : IPresence
    {
        private readonly ConcurrentQueue<Exception> _faults = new();
        private readonly ConcurrentDictionary<string, bool> _lapsed = new();
        private Action<string, IReadOnlyList<string>> _changed = (_, _) => { };

        public int? Count { get; init; }

        public bool IsFaulty => !_faults.IsEmpty;

        public void FailNext(Exception exception) => _faults.Enqueue(exception);

        /// <summary>The next question finds this member's lease lapsed.</summary>
        public void Lapse(string place, string userId)
        {
            _lapsed[userId] = true;
            _changed(place, [userId]);
        }

        public ValueTask<bool> ArriveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken) =>
            presence.ArriveAsync(place, userId, connectionId, cancellationToken);

        public ValueTask<bool> LeaveAsync(string place, string userId, string connectionId, CancellationToken cancellationToken) =>
            presence.LeaveAsync(place, userId, connectionId, cancellationToken);

        public ValueTask<bool> IsPresentAsync(string place, string userId, CancellationToken cancellationToken) =>
            presence.IsPresentAsync(place, userId, cancellationToken);

        public async ValueTask<IReadOnlyList<string>> WhoAsync(string place, int limit, CancellationToken cancellationToken)
        {
            // The few asked for by a leave are not the reconciler's question.
            if (limit > 8 && _faults.TryDequeue(out var fault))
                throw fault;
            var people = await presence.WhoAsync(place, limit, cancellationToken);
            return [.. people.Where(userId => limit <= 8 || !_lapsed.TryRemove(userId, out _))];
        }

        public ValueTask<int> CountAsync(string place, CancellationToken cancellationToken) =>
            Count is null ? presence.CountAsync(place, cancellationToken)
            : _faults.TryDequeue(out var fault) ? throw fault
            : new(Count.Value);

        public void Observe(Action<string, IReadOnlyList<string>> changed)
        {
            _changed += changed;
            presence.Observe(changed);
        }
    }

    /// <summary>Cancels the first sweep.</summary>
    private sealed class FaultyLimits : IRateLimitStore
    {
        private int _sweeps;

        public int Sweeps => Volatile.Read(ref _sweeps);

        public bool IsClosed { get; set; }

        public ValueTask<TimeSpan?> TakeAsync(string name, double perSecond, int burst, CancellationToken cancellationToken)
        {
            if (name != "room-sweep")
                return default;
            if (Interlocked.Increment(ref _sweeps) == 1)
                throw new OperationCanceledException("A command was cancelled with its connection.");
            return new(IsClosed ? TimeSpan.FromSeconds(1) : null);
        }

        public ValueTask ForgetAsync(string name, CancellationToken cancellationToken) => default;
    }

    private sealed class CountingState(IRevisionedState state) : IRevisionedState
    {
        private readonly ConcurrentDictionary<string, int> _reads = new();

        public int Reads(string key) => _reads.GetValueOrDefault(key);

        public ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            _reads.AddOrUpdate(key, 1, (_, before) => before + 1);
            return state.ReadAsync(key, cancellationToken);
        }

        public ValueTask<RevisionedDocument?> TryWriteAsync(
            string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) =>
            state.TryWriteAsync(key, expectedRevision, bytes, events, cancellationToken);

        public ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken) =>
            state.SeedAsync(key, stored, cancellationToken);
    }
}
