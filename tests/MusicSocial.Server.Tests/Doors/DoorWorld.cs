using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Doors;

/// <summary>
/// A hub with one person whose things are asked for, Ann, and one other person for each relation to her. Where a call uses something up, it gets a new one.
/// </summary>
internal sealed class DoorWorld : IAsyncDisposable
{
    /// <summary>Who asks, in the order of the columns.</summary>
    public static readonly IReadOnlyList<string> Askers =
    [
        "nobody", "guest", "stranger", "follower", "mutual", "close", "blocked", "member", "kicked", "suspended", "moderator", "operator", "owner",
    ];

    private readonly HubApp _app = new(settings: new()
    {
        ["Limits:SignIns:Burst"] = "100000",
        ["Limits:SignInsOfNetwork:Burst"] = "100000",
        ["Limits:Comments:Burst"] = "100000",
        ["Limits:Follows:Burst"] = "100000",
        ["Limits:PrivacyChanges:Burst"] = "100000",
        ["Limits:HubCalls:Burst"] = "100000",
        ["Rooms:Openings:Burst"] = "100000",
        ["Rooms:Invitations:Burst"] = "100000",
    });

    /// <summary>Whom moderators act on: nothing else is asked of them.</summary>
    private const string Subject = "the-subject";

    private readonly Dictionary<string, Person> _people = [];
    private readonly Dictionary<string, HubClient> _clients = [];
    private Person _target = null!;
    private int _keys;

    public Track Track { get; private set; } = null!;

    public RoomView Room { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    private Person Ann => _people["owner"];

    public static async Task<DoorWorld> BuildAsync()
    {
        var world = new DoorWorld();
        await world.PopulateAsync();
        return world;
    }

    public Person? Asker(string name) => _people.GetValueOrDefault(name);

    public async Task<HubClient> ClientAsync(string name) => _clients.TryGetValue(name, out var client) ? client : _clients[name] = await HubClient.ConnectAsync(_people[name]);

    /// <summary>The relation of this person to Ann, as it was before they asked.</summary>
    public async Task RelateAsync(string asker)
    {
        if (Asker(asker) is not { } person || asker is "suspended" or "owner")
            return;
        foreach (var list in new[] { "block", "mute", "circle/close" })
            await person.Http.DeleteAsync($"/api/users/{Ann.User.Handle}/{list}");
        await person.Http.DeleteAsync($"/api/users/{Ann.User.Handle}/follow");
        if (asker is "follower" or "mutual")
            await person.Http.PutAsync($"/api/users/{Ann.User.Handle}/follow", null);
        if (asker == "mutual")
            await Ann.Http.PutAsync($"/api/users/{person.User.Handle}/follow", null);
        if (asker == "close")
            await Ann.Http.PutAsync($"/api/users/{person.User.Handle}/circle/close", null);
        if (asker == "blocked")
            await Ann.Http.PutAsync($"/api/users/{person.User.Handle}/block", null);
    }

    /// <summary>A private room of Ann's, with a member, one who was removed, and one more to do something to.</summary>
    public async Task OpenRoomAsync()
    {
        Room = await Ann.Http.PostAsJsonAsync("/api/rooms", new { name = "Ann's", visibility = "private" }).ReadAsync<RoomView>();
        foreach (var name in new[] { "owner", "member", "kicked", "target" })
            await (await ClientAsync(name)).CallAsync("JoinRoom", Room.Code, null);
        await (await ClientAsync("owner")).CallAsync("KickMember", Room.Id, _people["kicked"].User.Id);
        await (await ClientAsync("owner")).CallAsync("Enqueue", Room.Id, Track.Id, NextKey());
    }

    /// <summary>A value for a part of an address or an argument, by its name.</summary>
    public async Task<object?> ValueAsync(string name, string door) => name switch
    {
        "handle" => door.StartsWith("/api/admin", StringComparison.Ordinal) ? Subject : Ann.User.Handle,
        "id" when door.StartsWith("/api/comments", StringComparison.Ordinal) => await CommentAsync(),
        "id" when door.StartsWith("/api/rooms", StringComparison.Ordinal) => Room.Id,
        "id" when door.StartsWith("/api/accounts/sessions", StringComparison.Ordinal) => (await SessionsAsync())[0].Id,
        "id" when door.StartsWith("/api/admin/reports", StringComparison.Ordinal) => await ReportAsync(),
        "id" when door.StartsWith("/api/tracks", StringComparison.Ordinal) => Track.Id,
        "idOrCode" or "roomId" => Room.Id,
        "trackId" => Track.Id,
        "userId" => _target.User.Id,
        "topic" => $"room:{Room.Id}",
        "commandId" or "clientKey" => NextKey(),
        "role" => "dj",
        "text" => "hello",
        "emoji" => "❤️",
        _ => "1",
    };

    /// <summary>What came of a call: <c>ok</c>, or the code it was refused with.</summary>
    public static async Task<string> OutcomeAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            if ((int)answer.StatusCode < 400)
                return "ok";
            var text = await answer.Content.ReadAsStringAsync();
            if (!text.StartsWith('{') || !JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code))
                return $"{(int)answer.StatusCode}";
            // Let in: what is made in the background is there or not yet.
            return code.ToString() is var refusal && refusal is "track.opus_not_found" or "track.chunk_not_found" ? "ok" : code.ToString();
        }
    }

    public async Task<string> OutcomeAsync(string asker, string method, object?[] arguments)
    {
        try
        {
            await (await ClientAsync(asker)).Connection.InvokeCoreAsync(method, typeof(object), arguments);
            return "ok";
        }
        catch (HubException exception)
        {
            var json = exception.Message[exception.Message.IndexOf('{', StringComparison.Ordinal)..];
            return JsonDocument.Parse(json).RootElement.GetProperty("code").GetString()!;
        }
    }

    public async Task<HttpClient> HttpAsync(string asker, string door)
    {
        if (Asker(asker) is not { } person)
            return _app.Http;
        // What an account does to itself would end the one that asks.
        return door.StartsWith("/api/accounts", StringComparison.Ordinal) && asker != "suspended" ? (await _app.GuestAsync("Passing")).Http : person.Http;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            await client.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task PopulateAsync()
    {
        Track = await _app.AddTrackAsync();
        foreach (var name in Askers.Where(name => name is not ("nobody" or "guest")))
            _people[name] = await _app.MemberAsync($"the-{name}");
        _people["guest"] = await _app.GuestAsync("Guest");
        await _app.MemberAsync(Subject);
        _people["target"] = _target = await _app.MemberAsync("the-target");
        var accounts = _app.Services.GetRequiredService<AccountStore>();
        await accounts.SetModeratorAsync(_people["moderator"].User.Id, true, default);
        await accounts.SetOperatorAsync("the-operator", true, default);
        foreach (var name in Askers)
            await RelateAsync(name);
        (await _people["operator"].Http.PostAsJsonAsync("/api/admin/users/the-suspended/suspend", new { reason = "spam" })).EnsureSuccessStatusCode();
        await Ann.Http.PutAsync($"/api/tracks/{Track.Id}/lyrics", new StringContent("[00:01.00]One\n"));
        await OpenRoomAsync();
    }

    private async Task<string> CommentAsync() =>
        (await Ann.Http.PostAsJsonAsync($"/api/tracks/{Track.Id}/comments", new { text = "by Ann", clientKey = NextKey() }).ReadAsync<Comment>()).Id;

    private async Task<IReadOnlyList<SessionView>> SessionsAsync() => (await Ann.Http.GetAsync("/api/accounts/sessions").ReadAsync<Page<SessionView>>()).Items;

    private async Task<string> ReportAsync() =>
        (await _target.Http.PostAsJsonAsync("/api/reports", new { kind = "user", id = Ann.User.Id, reason = "spam" }).ReadAsync<ReportView>()).Id;

    private string NextKey() => $"key-{_keys++}";
}
