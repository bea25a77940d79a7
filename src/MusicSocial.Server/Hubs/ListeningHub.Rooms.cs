using MusicSocial.Server.Rooms;
using MusicSocial.Sync.Commands;

namespace MusicSocial.Server.Hubs;

// Clients may send null for any text; the rooms refuse it. It is not declared here because a method of mostly nullable parameters
// gets its other parameters marked by the compiler, and SignalR takes a marked parameter for an argument, not for a service.
internal sealed partial class ListeningHub
{
    private Visitor Visitor => new(CurrentUser.Id, Context.ConnectionId, Network);

    /// <summary>Becomes a member of a room and follows it; knows it by id or code.</summary>
    public Task<FollowAnswer> JoinRoom(string idOrCode, string? password, RoomAccess access) =>
        access.EnterAsync(Visitor, idOrCode, password, Context.ConnectionAborted);

    /// <summary>Leaves a room for good.</summary>
    public Task LeaveRoom(string roomId, RoomAccess access) => access.LeaveAsync(Visitor, roomId, Context.ConnectionAborted);

    /// <summary>Asks the host and the DJs of a room, known by id or code, to be let in.</summary>
    public Task<KnockAnswer> Knock(string roomId, RoomKnocks knocks) => knocks.KnockAsync(Visitor, roomId, Context.ConnectionAborted);

    /// <summary>Lets a user who knocked in, or not.</summary>
    public Task Admit(string roomId, string userId, bool allowed, RoomKnocks knocks) =>
        knocks.AnswerAsync(CurrentUser, roomId, userId, allowed, Context.ConnectionAborted);

    /// <summary>Lets the music run.</summary>
    public Task Play(string roomId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new Play(CurrentUser.Id), Context.ConnectionAborted);

    /// <summary>Lets the music stand.</summary>
    public Task Pause(string roomId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new Pause(CurrentUser.Id), Context.ConnectionAborted);

    /// <summary>Jumps within the track.</summary>
    public Task Seek(string roomId, double positionMs, RoomCommands room) =>
        room.SeekAsync(CurrentUser, roomId, positionMs, Context.ConnectionAborted);

    /// <summary>On to the next item, from the one the caller hears.</summary>
    public Task Skip(string roomId, string fromItemId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new Skip(CurrentUser.Id, fromItemId), Context.ConnectionAborted);

    /// <summary>The caller has this item at hand: a start that waits for them waits no longer.</summary>
    public Task Ready(string roomId, string itemId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new Ready(CurrentUser.Id, itemId), Context.ConnectionAborted);

    /// <summary>The caller's device cannot play this item; what most cannot play is skipped.</summary>
    public Task CannotPlay(string roomId, string itemId, RoomCommands room) =>
        room.CannotPlayAsync(CurrentUser, roomId, itemId, Context.ConnectionAborted);

    /// <summary>A start that waits for others begins without them.</summary>
    public Task StartNow(string roomId, string itemId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new StartNow(CurrentUser.Id, itemId), Context.ConnectionAborted);

    /// <summary>Tells how long messages of this connection are under way, so that changes are anchored far enough ahead.</summary>
    public void ReportRoundTrip(double roundTripMs, double jitterMs) =>
        leadTimes.Report(Context.ConnectionId, roundTripMs, jitterMs);

    /// <summary>Back to the item before, or to the start of this one.</summary>
    public Task Previous(string roomId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new Previous(CurrentUser.Id), Context.ConnectionAborted);

    /// <summary>Adds a track to the queue; the same command id twice adds it once.</summary>
    public Task Enqueue(string roomId, string trackId, string commandId, RoomCommands room) =>
        room.EnqueueAsync(CurrentUser, roomId, trackId, commandId, Context.ConnectionAborted);

    /// <summary>Takes an item out of the queue.</summary>
    public Task RemoveQueued(string roomId, string itemId, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new RemoveQueued(CurrentUser.Id, itemId), Context.ConnectionAborted);

    /// <summary>Gives an item another place in the queue.</summary>
    public Task MoveQueued(string roomId, string itemId, int toIndex, RoomCommands room) =>
        room.ApplyAsync(CurrentUser, roomId, new MoveQueued(CurrentUser.Id, itemId, toIndex), Context.ConnectionAborted);

    /// <summary>Votes to skip the item the caller hears.</summary>
    public Task VoteSkip(string roomId, string itemId, RoomCommands room) =>
        room.VoteSkipAsync(CurrentUser, roomId, itemId, Context.ConnectionAborted);

    /// <summary>Gives a member a role: <c>host</c>, <c>dj</c> or <c>listener</c>.</summary>
    public Task SetRole(string roomId, string userId, string role, RoomCommands room) =>
        room.SetRoleAsync(CurrentUser, roomId, userId, role, Context.ConnectionAborted);

    /// <summary>Removes a member, who stays out for a while.</summary>
    public Task KickMember(string roomId, string userId, RoomModeration room) =>
        room.KickAsync(CurrentUser, roomId, userId, Context.ConnectionAborted);

    /// <summary>Bans a user for so many minutes; for good without a number.</summary>
    public Task BanMember(string roomId, string userId, double? minutes, RoomModeration room) =>
        room.BanAsync(CurrentUser, roomId, userId, minutes, Context.ConnectionAborted);

    /// <summary>Takes what a user said in the chat from everyone's view.</summary>
    public Task ClearMessages(string roomId, string userId, RoomModeration room) =>
        room.ClearMessagesAsync(CurrentUser, roomId, userId, Context.ConnectionAborted);

    /// <summary>Pauses the chat for listeners for so many minutes; 0 ends the pause.</summary>
    public Task PauseChat(string roomId, double minutes, RoomModeration room) =>
        room.PauseChatAsync(CurrentUser, roomId, minutes, Context.ConnectionAborted);

    /// <summary>Runs a room differently.</summary>
    public Task ChangeRoom(string roomId, RoomSettingsRequest settings, RoomCommands room) =>
        room.ChangeAsync(CurrentUser, roomId, settings, Context.ConnectionAborted);

    /// <summary>Invites a user to a room.</summary>
    public Task InviteToRoom(string roomId, string userId, RoomCommands room) =>
        room.InviteAsync(CurrentUser, roomId, userId, Context.ConnectionAborted);

    /// <summary>Says something in a room's chat; the same client key twice is the same message, once.</summary>
    public Task<ChatMessage> Say(string roomId, string text, string clientKey, RoomChat chat) =>
        chat.SayAsync(CurrentUser, roomId, text, clientKey, Context.ConnectionAborted);
}
