using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Api;
using MusicSocial.Server.Storage;
using MusicSocial.Sync;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Rooms;

/// <summary>A room at a revision.</summary>
/// <param name="Revision">Grows by one with every accepted change.</param>
/// <param name="Room">The room then; <see cref="Room.AdvanceTo"/> brings it to the present.</param>
internal sealed record LiveRoom(long Revision, Room Room)
{
    public string Id => Room.Id;

    /// <summary>Name of the room's topic, and of its live state and its presence too.</summary>
    public string Topic => TopicOf(Room.Id);

    public static string TopicOf(string roomId) => TopicNames.Room(roomId);
}

/// <summary>
/// All rooms, live and at rest. No node owns a room: a command reads the live document once, applies and compares-and-sets, and begins again
/// when another node was quicker. What is answered was saved. Rooms this node follows are kept current.
/// </summary>
internal sealed class RoomRepository : IAsyncDisposable
{
    /// <summary>Length of the codes people read to each other: 28^6, about 480 million.</summary>
    public const int CodeLength = 6;

    /// <summary>Rooms whose revision at rest is remembered.</summary>
    private const int MaxSaved = 10_000;

    private readonly RevisionedStore<Room> _live;
    private readonly RoomStore _store;
    private readonly RoomEvents _events;
    private readonly StartLeadTimes _leadTimes;
    private readonly IHubClock _clock;
    private readonly BoundedCache<string, long> _saved = new(MaxSaved);

    public RoomRepository(
        IRevisionedState state, ITopicBus bus, RoomStore store, RoomEvents events, StartLeadTimes leadTimes, IHubClock clock, TimeProvider time,
        ILogger<RoomRepository> logger)
    {
        (_store, _events, _leadTimes, _clock) = (store, events, leadTimes, clock);
        var options = new RevisionedStoreOptions<Room>
        {
            Name = "rooms",
            Serialize = RoomDocument.Write,
            Deserialize = bytes => RoomDocument.Read(bytes.Span),
            RestoreAsync = RestoreAsync,
            Announces = topicEvent => topicEvent.Type != RoomMessages.Chat,
        };
        _live = new(options, state, bus, time, logger);
    }

    /// <summary>Ids of the rooms this node follows.</summary>
    public IEnumerable<string> Followed => _live.Followed.Select(IdOf);

    /// <summary>The room with this id, brought to the present; null when there is none or it was closed.</summary>
    public async Task<LiveRoom?> FindAsync(string? roomId, CancellationToken cancellationToken) =>
        await FindAnyAsync(roomId, cancellationToken) is { Room.Closed: false } live ? live : null;

    /// <summary>The same, closed rooms too.</summary>
    public async Task<LiveRoom?> FindAnyAsync(string? roomId, CancellationToken cancellationToken) =>
        IsId(roomId) && await _live.ReadAsync(LiveRoom.TopicOf(roomId!), cancellationToken) is { } live
            ? new LiveRoom(live.Revision, live.Value.AdvanceTo(_clock.Now))
            : null;

    /// <summary>The room with this id; refuses <c>room.not_found</c>.</summary>
    public async Task<LiveRoom> GetAsync(string? roomId, CancellationToken cancellationToken) =>
        await FindAsync(roomId, cancellationToken) ?? throw new RefusedException(RoomRefusals.NotFound);

    /// <summary>The room with this id or code, whatever its case; refuses <c>room.not_found</c>. Codes are short enough to be guessed: ask <see cref="RoomAccess.FindAsync"/>, which counts.</summary>
    public async Task<LiveRoom> GetByIdOrCodeAsync(string? idOrCode, CancellationToken cancellationToken) =>
        await GetAsync(
            idOrCode?.Length == CodeLength ? await _store.FindIdAsync(idOrCode.ToUpperInvariant(), cancellationToken) : idOrCode?.ToLowerInvariant(), cancellationToken);

    /// <summary>Opens a new room under a code of its own.</summary>
    public async Task<LiveRoom> OpenAsync(RoomSettings settings, string? passwordHash, string hostId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var room = Room.Open(Ids.New(_clock.Now.Ms), Ids.NewCode(CodeLength), settings, passwordHash, hostId, _clock.Now);
            if (await _store.TryAddAsync(new LiveRoom(1, room), cancellationToken))
                return new LiveRoom(1, room);
        }
    }

    /// <summary>Applies a command; the room afterwards, saved. Refuses what the room refuses, and <c>room.not_found</c>.</summary>
    public Task<LiveRoom> ApplyAsync(string roomId, RoomCommand command, CancellationToken cancellationToken) =>
        ApplyAsync(roomId, _ => new(command), cancellationToken);

    /// <summary>
    /// The same for a command that depends on the room: <paramref name="decide"/> gets the room that the command is applied to and may refuse.
    /// It is called again when another node was quicker.
    /// </summary>
    public async Task<LiveRoom> ApplyAsync(string? roomId, Func<Room, ValueTask<RoomCommand>> decide, CancellationToken cancellationToken)
    {
        var id = IsId(roomId) ? roomId! : throw new RefusedException(RoomRefusals.NotFound);
        var changed = await _live.ChangeAsync(
            LiveRoom.TopicOf(id),
            async before =>
            {
                var room = before?.Value ?? throw new RefusedException(RoomRefusals.NotFound);
                var change = room.Apply(await decide(room), _clock.Now, _leadTimes.Of(id));
                return ReferenceEquals(change.Room, room)
                    ? null
                    : new RevisionedChange<Room>(change.Room, await _events.DescribeAsync(room, change, cancellationToken));
            },
            cancellationToken);
        var live = new LiveRoom(changed!.Revision, changed.Value);
        await SaveAsync(live);
        return live;
    }

    /// <summary>Keeps a room current on this node; when it returns, observers hear of everything that happens in it from now on.</summary>
    public ValueTask FollowAsync(string roomId, CancellationToken cancellationToken) =>
        _live.FollowAsync(LiveRoom.TopicOf(roomId), cancellationToken);

    public ValueTask UnfollowAsync(string roomId) => _live.UnfollowAsync(LiveRoom.TopicOf(roomId));

    public bool IsFollowed(string roomId) => _live.IsFollowed(LiveRoom.TopicOf(roomId));

    /// <summary>A followed room as this node last knew it, without asking and not brought to the present; null when it is not followed.</summary>
    public LiveRoom? Latest(string roomId) => _live.Latest(LiveRoom.TopicOf(roomId)) is { } live ? new(live.Revision, live.Value) : null;

    /// <summary>
    /// Calls <paramref name="changed"/> when a followed room became another, whichever node did it: what it was (null for the first time) and
    /// what it is, in the order of revisions. Must only enqueue.
    /// </summary>
    public void Observe(Action<LiveRoom?, LiveRoom> changed) => _live.Observe((before, now) =>
        changed(before is null ? null : new(before.Revision, before.Value), new(now.Revision, now.Value)));

    public async ValueTask DisposeAsync()
    {
        await _live.DisposeAsync();
        _saved.Dispose();
    }

    // One spelling only: what is counted or stored under a room's id must not depend on how it was written.
    private static bool IsId(string? roomId) => Ids.IsValid(roomId) && roomId!.Length != CodeLength && !roomId.Any(char.IsAsciiLetterUpper);

    private async Task<Revisioned<Room>?> RestoreAsync(string topic, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(IdOf(topic), cancellationToken) is not { } stored)
            return null;
        RememberSaved(stored);
        return new(topic, stored.Revision, stored.Room, Position: null);
    }

    // A command that found its work done already must not be answered before that work is safe either.
    private async Task SaveAsync(LiveRoom live)
    {
        if (_saved.TryGet(live.Id, out var saved) && saved >= live.Revision)
            return;
        if (await _store.SaveUnlessTakenAsync(live) is { } kept)
        {
            await PutBackAsync(live, kept);
            throw new RefusedException(Refusals.ServerBusy);
        }

        RememberSaved(live);
    }

    private void RememberSaved(LiveRoom room) => _saved.Set(room.Id, room.Revision);

    // The live state was lost and begun again from an older revision, while another node saved and acknowledged the newer: what was
    // acknowledged counts, and what was built on the older does not.
    private async Task PutBackAsync(LiveRoom live, LiveRoom saved)
    {
        var change = RoomChange.Between(live.Room, saved.Room);
        var events = await _events.DescribeAsync(live.Room, change, CancellationToken.None);
        await _live.TryWriteAsync(live.Topic, live.Revision, new(saved.Room, events), CancellationToken.None);
    }

    private static string IdOf(string topic) => topic[(topic.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
