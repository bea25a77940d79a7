using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>
/// Asking to be let into a room. A knock is told to the host and the DJs over their own topics, so the room's other members and its topic know nothing of
/// it; the one who knocked hears yes or no and nothing else about the room.
/// </summary>
internal sealed class RoomKnocks(
    RoomAccess access, RoomMembership membership, RoomKnockStore store, Users users, ITopicPublisher topics, RateLimiter limiter, IHubClock clock,
    IOptions<RoomOptions> options)
{
    /// <summary>How many may wait at one room.</summary>
    private const int MostWaiting = 50;

    /// <summary>How long a knock waits for an answer, and how long after a no one waits before knocking again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private double SinceMs => (clock.Now - Lifetime).Ms;

    /// <summary>
    /// Asks for a room, known by id or code, to be opened to the visitor; asking again while they wait changes nothing. Refuses what keeps them out anyway,
    /// <c>room.knock_off</c>, <c>room.knock_refused</c> and <c>room.knocks_full</c>.
    /// </summary>
    public async Task<KnockAnswer> KnockAsync(Visitor visitor, string? idOrCode, CancellationToken cancellationToken)
    {
        var live = await access.FindAsync(idOrCode, visitor.Network, cancellationToken);
        if (!await access.MustKnockAsync(live.Room, visitor, cancellationToken))
            throw new RefusedException(RoomRefusals.NoKnocking);
        await limiter.AcquireSharedAsync("room-knock", visitor.Network, options.Value.Knocks, cancellationToken);
        await limiter.AcquireSharedAsync("room-knock", visitor.UserId, options.Value.Knocks, cancellationToken);
        var row = new KnockRow { RoomId = live.Id, UserId = visitor.UserId, AtMs = (long)clock.Now.Ms };
        var (knock, isNew) = await store.AddAsync(row, SinceMs, MostWaiting, cancellationToken);
        if (knock is null)
            throw new RefusedException(RoomRefusals.KnocksFull);
        var until = HubTime.FromMs(knock.AtMs) + Lifetime;
        if (knock.Refused)
            throw new RefusedException(RoomRefusals.KnockRefused(until - clock.Now));
        if (isNew)
            await TellAsync(live.Room, RoomMessages.Knock, new KnockView(live.Id, await users.GetAsync(visitor.UserId, cancellationToken), until.Ms));
        return new KnockAnswer(live.Id, until.Ms);
    }

    /// <summary>Those who wait at a room, longest first; for the host and the DJs.</summary>
    public async Task<IReadOnlyList<KnockView>> WaitingAsync(CurrentUser by, string? roomId, CancellationToken cancellationToken)
    {
        var room = await RequireInChargeAsync(by, roomId, cancellationToken);
        var waiting = await store.WaitingAsync(room.Id, SinceMs, cancellationToken);
        var people = await users.GetAsync([.. waiting.Select(knock => knock.UserId)], cancellationToken);
        return
        [
            .. waiting.Where(knock => people.ContainsKey(knock.UserId))
                .Select(knock => new KnockView(room.Id, people[knock.UserId], knock.AtMs + Lifetime.TotalMilliseconds)),
        ];
    }

    /// <summary>Lets someone who knocked in, or not. Refuses <c>room.forbidden</c> to listeners and <c>room.knock_not_found</c>.</summary>
    public async Task AnswerAsync(CurrentUser by, string? roomId, string? userId, bool allowed, CancellationToken cancellationToken)
    {
        var room = await RequireInChargeAsync(by, roomId, cancellationToken);
        if (userId is null || !await store.TryAnswerAsync(room.Id, userId, allowed, SinceMs, cancellationToken))
            throw new RefusedException(RoomRefusals.KnockNotFound);
        // Decided durably: from here on nothing is cancelled.
        if (allowed)
            await membership.ExpectAsync(room.Id, userId, CancellationToken.None);
        var decision = new KnockDecision(room.Id, userId, allowed);
        await topics.PublishAsync(TopicNames.Me(userId), RoomMessages.KnockAnswered, decision, idempotencyKey: null, CancellationToken.None);
        await TellAsync(room, RoomMessages.KnockAnswered, decision);
    }

    public Task ForgetOldAsync(CancellationToken cancellationToken) => store.RemoveOlderAsync(SinceMs, cancellationToken);

    private async Task<Room> RequireInChargeAsync(CurrentUser by, string? roomId, CancellationToken cancellationToken)
    {
        var room = (await membership.GetForMemberAsync(by.Id, roomId, cancellationToken)).Room;
        return room.RoleOf(by.Id) > RoomRole.Listener ? room : throw new RefusedException(RoomRefusals.Forbidden);
    }

    private async Task TellAsync<T>(Room room, string type, T data)
    {
        foreach (var member in room.Members.Where(member => member.Role > RoomRole.Listener && (member.Present || member.Role == RoomRole.Host)))
            await topics.PublishAsync(TopicNames.Me(member.UserId), type, data, idempotencyKey: null, CancellationToken.None);
    }
}
