using System.Collections.Concurrent;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Every room, as it is now. No node owns one: a command loads, applies and compares-and-sets, and begins again when another was
/// quicker. What is answered was saved.
/// </summary>
internal sealed class LiveRooms(
    IRevisionedState state, RoomStore store, RoomEvents events, RoomWatch watch, RoomLeads leads, IHubClock clock)
{
    /// <summary>Length of the codes people read to each other: 28^6, half a thousand million.</summary>
    public const int CodeLength = 6;

    /// <summary>Rooms of which the last document read is kept unpacked.</summary>
    private const int MaxRemembered = 10_000;

    /// <summary>How often a command starts again when other nodes are quicker, before it gives up.</summary>
    private const int MaxAttempts = 50;

    private readonly ConcurrentDictionary<string, (LiveRoom Live, int Stamp)> _remembered = new();
    private readonly ConcurrentDictionary<string, long> _saved = new();

    // Commands of one room take turns within a node; only nodes compete by compare-and-set.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The room with this id or code, whatever its case, brought to the present; null when there is none or it was closed.</summary>
    public async Task<LiveRoom?> FindAsync(string? idOrCode, CancellationToken cancellationToken) =>
        await FindAnyAsync(idOrCode, cancellationToken) is { Room.Closed: false } live ? live : null;

    /// <summary>The same, closed rooms too.</summary>
    public async Task<LiveRoom?> FindAnyAsync(string? idOrCode, CancellationToken cancellationToken)
    {
        if (!Ids.IsValid(idOrCode))
            return null;
        var id = idOrCode!.Length == CodeLength
            ? await store.FindIdAsync(idOrCode.ToUpperInvariant(), cancellationToken)
            : idOrCode.ToLowerInvariant();
        return id is not null && await LoadAsync(id, cancellationToken) is { } live
            ? live with { Room = live.Room.AdvanceTo(clock.Now) }
            : null;
    }

    /// <summary>The room with this id or code; refuses <c>room.not_found</c>.</summary>
    public async Task<LiveRoom> GetAsync(string? idOrCode, CancellationToken cancellationToken) =>
        await FindAsync(idOrCode, cancellationToken) ?? throw new RefusedException(RoomRefusals.NotFound);

    /// <summary>Opens a new room under a code of its own.</summary>
    public async Task<LiveRoom> OpenAsync(RoomSettings settings, string? passwordHash, string hostId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var room = Room.Open(Ids.New(clock.Now.Ms), Ids.NewCode(CodeLength), settings, passwordHash, hostId, clock.Now);
            if (await store.TryAddAsync(new LiveRoom(1, room), cancellationToken))
                return new LiveRoom(1, room);
        }
    }

    /// <summary>Applies a command; the room afterwards, saved. Refuses what the room refuses, and <c>room.not_found</c>.</summary>
    public async Task<LiveRoom> ApplyAsync(string roomId, RoomCommand command, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)roomId.GetHashCode(StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        LiveRoom live;
        try
        {
            live = await CommitAsync(roomId, command, cancellationToken);
        }
        finally
        {
            turn.Release();
        }

        await SaveAsync(live);
        return live;
    }

    private async Task<LiveRoom> CommitAsync(string roomId, RoomCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var before = await LoadAsync(roomId, cancellationToken) ?? throw new RefusedException(RoomRefusals.NotFound);
            var change = before.Room.Apply(command, clock.Now, leads.Of(roomId));
            if (ReferenceEquals(change.Room, before.Room))
            {
                watch.Reschedule(before);
                return before;
            }

            var after = new LiveRoom(before.Revision + 1, change.Room);
            var bytes = RoomDocument.Write(after.Room);
            var told = await events.DescribeAsync(change, cancellationToken);
            if (await state.TryWriteAsync(after.Topic, before.Revision, bytes, told, cancellationToken) is not null)
                return Remember(after, bytes);
        }

        throw new RefusedException(Refusals.ServerBusy);
    }

    private async Task<LiveRoom?> LoadAsync(string roomId, CancellationToken cancellationToken)
    {
        var topic = LiveRoom.TopicOf(roomId);
        var document = await state.ReadAsync(topic, cancellationToken);
        if (document is null)
        {
            if (await store.FindAsync(roomId, cancellationToken) is not { } stored)
                return null;
            document = await state.SeedAsync(topic, stored.ToDocument(), cancellationToken);
            _saved[roomId] = stored.Revision;
        }

        // After a loss of the live state a revision may be given twice: the number alone does not tell what it holds.
        var isRemembered = _remembered.TryGetValue(roomId, out var known)
            && known.Live.Revision == document.Revision && known.Stamp == StampOf(document.Bytes.Span);
        return Remember(isRemembered ? known.Live : LiveRoom.From(document), document.Bytes.Span);
    }

    // A command that found its work done already must not be answered before that work is safe either.
    private async Task SaveAsync(LiveRoom live)
    {
        if (_saved.TryGetValue(live.Id, out var saved) && saved >= live.Revision)
            return;
        if (await store.SaveUnlessTakenAsync(live) is { } kept)
        {
            await RestoreAsync(live, kept);
            throw new RefusedException(Refusals.ServerBusy);
        }

        _saved.AddOrUpdate(live.Id, live.Revision, (_, known) => Math.Max(known, live.Revision));
    }

    // The live state was lost and begun again from an older revision, while another node saved and acknowledged the newer: what was
    // acknowledged counts, and what was built on the older is not.
    private async Task RestoreAsync(LiveRoom live, LiveRoom saved)
    {
        var told = await events.DescribeAsync(RoomChange.Between(live.Room, saved.Room), CancellationToken.None);
        await state.TryWriteAsync(live.Topic, live.Revision, RoomDocument.Write(saved.Room), told, CancellationToken.None);
    }

    private static int StampOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private LiveRoom Remember(LiveRoom live, ReadOnlySpan<byte> bytes)
    {
        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
            _saved.Clear();
        }

        _remembered[live.Id] = (live, StampOf(bytes));
        watch.Note(live);
        return live;
    }
}
