using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Moderation;

[Trait("Stores", "both")]
public sealed class ReportsTests : IAsyncLifetime
{
    private readonly HubApp _app = new();
    private Person _ann = null!;
    private Person _mal = null!;
    private Person _mod = null!;
    private Track _track = null!;

    public async Task InitializeAsync()
    {
        (_ann, _mal, _mod, _track) = (await _app.MemberAsync("ann"), await _app.MemberAsync("mal"), await _app.MemberAsync("mod"), await _app.AddTrackAsync());
        Assert.True(await _app.Services.GetRequiredService<AccountStore>().SetModeratorAsync(_mod.User.Id, true, default));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_upheld_comment_is_gone_for_all_and_its_reporters_are_told()
    {
        var comment = await CommentAsync(_mal, "vile");
        var cara = await _app.GuestAsync("Cara");
        var report = await ReportAsync(_ann, "comment", comment.Id, "harassment");
        Assert.Equal((report.Id, ReportState.Open), ((await ReportAsync(cara, "comment", comment.Id, "spam")).Id, report.State));

        var open = Assert.Single((await CasesAsync("open")).Items);
        Assert.Equal((report.Id, "vile", 2, _mal.User), (open.Id, open.Excerpt, open.ReportCount, open.Author));
        Assert.Equal(["harassment", "spam"], open.Reports.Select(said => said.Reason).Order());

        var decided = await DecideAsync(report.Id, new { decision = "upheld", note = "Thank you." });

        Assert.Equal((ReportState.Upheld, _mod.User), (decided.State, decided.DecidedBy));
        Assert.True((await _app.Http.GetAsync(Comments).ReadAsync<Page<Comment>>()).Items.Single().Deleted);
        foreach (var reporter in new[] { _ann, cara })
        {
            var notice = Assert.Single((await reporter.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>()).Items);
            Assert.Equal(("report", "upheld", "Thank you."), (notice.Type, notice.Data.GetProperty("state").GetString(), notice.Data.GetProperty("note").GetString()));
            Assert.Equal(ReportState.Upheld, Assert.Single((await reporter.Http.GetAsync("/api/me/reports").ReadAsync<Page<ReportView>>()).Items).State);
        }

        var logged = (await _mod.Http.GetAsync("/api/admin/audit").ReadAsync<Page<AuditEntry>>()).Items[0];
        Assert.Equal(("report.upheld", $"comment:{comment.Id}", _mod.User), (logged.Action, logged.Subject, logged.By));
        Assert.Empty((await CasesAsync("open")).Items);
        await DecideRefusedAsync(report.Id, "dismissed", HttpStatusCode.Conflict, "report.decided");
    }

    [Fact]
    public async Task A_dismissed_comment_stays_and_may_be_reported_again()
    {
        var comment = await CommentAsync(_mal, "blunt");
        var first = await ReportAsync(_ann, "comment", comment.Id, "rude");

        await DecideAsync(first.Id, new { decision = "dismissed" });
        var second = await ReportAsync(_ann, "comment", comment.Id, "rude");

        Assert.False((await _app.Http.GetAsync(Comments).ReadAsync<Page<Comment>>()).Items.Single().Deleted);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task An_upheld_chat_message_is_taken_back_from_the_room_and_from_who_resumes()
    {
        var room = await _mal.Http.PostAsJsonAsync("/api/rooms", new { name = "Loud" }).ReadAsync<RoomView>();
        await using var mal = await HubClient.ConnectAsync(_mal);
        await using var ann = await HubClient.ConnectAsync(_ann);
        await mal.CallAsync("JoinRoom", room.Id, null);
        var start = (await ann.CallAsync("JoinRoom", room.Id, null)).GetProperty("position");
        await mal.CallAsync("Say", room.Id, "vile", "1");
        var said = (await ann.NextEventAsync("chat")).ReadData<ChatMessage>();

        var report = await ReportAsync(_ann, "chat", said.Id, "abuse");
        await DecideAsync(report.Id, new { decision = "upheld" });

        Assert.Equal([said.Id], (await ann.NextEventAsync("chat.removed")).ReadData<ChatRemovedView>().Ids);
        Assert.Empty((await _ann.Http.GetAsync($"/api/rooms/{room.Id}").ReadAsync<RoomView>()).Chat!);
        await using var again = await HubClient.ConnectAsync(_ann);
        Assert.DoesNotContain("vile", (await again.CallAsync("Follow", $"room:{room.Id}", start)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upheld_room_is_closed_and_people_are_only_looked_at()
    {
        var room = await _mal.Http.PostAsJsonAsync("/api/rooms", new { name = "Scam" }).ReadAsync<RoomView>();

        await DecideAsync((await ReportAsync(_ann, "room", room.Id, "scam")).Id, new { decision = "upheld" });
        await DecideAsync((await ReportAsync(_ann, "user", _mal.User.Id, "impersonation")).Id, new { decision = "upheld" });

        await _app.Http.GetAsync($"/api/rooms/{room.Id}").RefusedAsync(HttpStatusCode.NotFound, "room.not_found");
        await _mal.Http.GetAsync("/api/accounts/me").ReadAsync<Myself>();
    }

    [Fact]
    public async Task What_a_reporter_may_not_see_is_not_there_to_be_reported()
    {
        var secret = await _mal.Http.PostAsJsonAsync("/api/rooms", new { name = "Secret", visibility = "private" }).ReadAsync<RoomView>();
        await using var mal = await HubClient.ConnectAsync(_mal);
        await mal.CallAsync("JoinRoom", secret.Id, null);
        var said = await mal.CallAsync("Say", secret.Id, "quiet", "1");

        await RefusedAsync("room", secret.Id, HttpStatusCode.NotFound, "report.not_found");
        await RefusedAsync("chat", said.GetProperty("id").GetString()!, HttpStatusCode.NotFound, "report.not_found");
        await RefusedAsync("user", "no-such-person", HttpStatusCode.NotFound, "report.not_found");
        await RefusedAsync("comment", "no-such-comment", HttpStatusCode.NotFound, "report.not_found");
        await RefusedAsync("weather", _mal.User.Id, HttpStatusCode.BadRequest, "report.unknown_kind");
        await RefusedAsync("user", _ann.User.Id, HttpStatusCode.BadRequest, "report.self");
    }

    [Fact]
    public async Task Who_reports_without_reason_again_and_again_is_not_heard_for_a_while()
    {
        for (var i = 0; i < 10; i++)
            await DecideAsync((await ReportAsync(_ann, "user", _mal.User.Id, "I do not like him")).Id, new { decision = "dismissed" });

        await RefusedAsync("user", _mal.User.Id, HttpStatusCode.TooManyRequests, "rate.limited");
    }

    [Fact]
    public async Task Only_moderators_see_and_decide()
    {
        var report = await ReportAsync(_ann, "user", _mal.User.Id, "spam");

        foreach (var person in new[] { _ann, _mal, await _app.GuestAsync() })
        {
            await person.Http.GetAsync("/api/admin/reports").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
            await person.Http.GetAsync("/api/admin/users").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
            await person.Http.PostAsJsonAsync($"/api/admin/reports/{report.Id}", new { decision = "upheld" }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        }

        await DecideRefusedAsync(report.Id, "maybe", HttpStatusCode.BadRequest, "report.bad_decision");
        await DecideRefusedAsync("no-such-case", "upheld", HttpStatusCode.NotFound, "report.not_found");
    }

    [Fact]
    public async Task Operators_make_moderators_and_moderators_do_not()
    {
        var olga = await _app.MemberAsync("olga");
        await _app.Services.GetRequiredService<AccountStore>().SetOperatorAsync("olga", true, default);

        await RoleAsync(_mod, "ann", "moderator").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        (await RoleAsync(olga, "ann", "moderator")).EnsureSuccessStatusCode();
        Assert.Equal(HubRole.Moderator, (await _ann.Http.GetAsync("/api/accounts/me").ReadAsync<Myself>()).Role);
        await _mod.Http.PostAsJsonAsync("/api/admin/users/ann/suspend", new { reason = "quarrel" }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        (await RoleAsync(olga, "ann", "member")).EnsureSuccessStatusCode();
        await RoleAsync(olga, "ann", "operator").RefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
        await RoleAsync(olga, "olga", "member").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await RoleAsync(olga, (await _app.GuestAsync()).User.Handle, "moderator").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");

        var found = (await _mod.Http.GetAsync("/api/admin/users?query=o").ReadAsync<Page<PersonRecord>>()).Items;
        Assert.Equal([(olga.User, HubRole.Operator)], found.Select(person => (person.User, person.Role)));
        (await _mod.Http.PostAsync("/api/admin/users/ann/end-sessions", null)).EnsureSuccessStatusCode();
        await _ann.Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task The_first_account_of_a_fresh_hub_is_its_operator_and_no_other()
    {
        await using var fresh = new HubApp(settings: new() { ["Accounts:FirstIsOperator"] = "true" });
        var (guest, first, second) = (await fresh.GuestAsync(), await fresh.MemberAsync("first"), await fresh.MemberAsync("second"));

        Assert.Equal(
            [HubRole.Member, HubRole.Operator, HubRole.Member],
            await Task.WhenAll(new[] { guest, first, second }.Select(async person => (await person.Http.GetAsync("/api/accounts/me").ReadAsync<Myself>()).Role)));
    }

    private string Comments => $"/api/tracks/{_track.Id}/comments";

    private Task<Comment> CommentAsync(Person by, string text) => by.Http.PostAsJsonAsync(Comments, new { text }).ReadAsync<Comment>();

    private static Task<ReportView> ReportAsync(Person by, string kind, string id, string reason) =>
        by.Http.PostAsJsonAsync("/api/reports", new { kind, id, reason }).ReadAsync<ReportView>();

    private Task RefusedAsync(string kind, string id, HttpStatusCode status, string code) =>
        _ann.Http.PostAsJsonAsync("/api/reports", new { kind, id, reason = "x" }).RefusedAsync(status, code);

    private Task<Page<ReportCase>> CasesAsync(string state) => _mod.Http.GetAsync($"/api/admin/reports?state={state}").ReadAsync<Page<ReportCase>>();

    private Task<ReportCase> DecideAsync(string id, object decision) => _mod.Http.PostAsJsonAsync($"/api/admin/reports/{id}", decision).ReadAsync<ReportCase>();

    private Task DecideRefusedAsync(string id, string decision, HttpStatusCode status, string code) =>
        _mod.Http.PostAsJsonAsync($"/api/admin/reports/{id}", new { decision }).RefusedAsync(status, code);

    private static Task<HttpResponseMessage> RoleAsync(Person by, string handle, string role) =>
        by.Http.PostAsJsonAsync($"/api/admin/users/{handle}/role", new { role });
}
