using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Tests.Admin;

[Trait("Stores", "both")]
public sealed class InvitationTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly TempFolder _folder = new();
    private HubApp _app = null!;
    private Person _olga = null!;

    public async Task InitializeAsync()
    {
        await using (var open = new HubApp(_folder.Path))
        {
            _olga = await open.MemberAsync("olga");
            await open.Services.GetRequiredService<AccountStore>().SetOperatorAsync("olga", isOperator: true, default);
        }

        _app = new(_folder.Path, new() { ["Accounts:SignUp"] = "invitation" });
        _olga = new(_app, _olga.Session);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task Signing_up_takes_an_invitation_that_is_good_for_so_many_accounts()
    {
        Assert.Equal(new SignUpView(SignUpMode.Invitation, Guests: true), await _app.Http.GetAsync("/api/accounts/sign-up").ReadAsync<SignUpView>());
        var invitation = await MakeAsync(new { uses = 2, note = "the choir" }).ReadAsync<Invitation>();
        await RegisterAsync("ann", invite: null).RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid");
        await RegisterAsync("ann", "23456789BCDFGHJK").RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid");

        await RegisterAsync("ann", invitation.Code).ReadAsync<Session>();
        // An account that was not made uses nothing up.
        await RegisterAsync("ann", invitation.Code).RefusedAsync(HttpStatusCode.Conflict, "account.handle_taken");
        await RegisterAsync("ben", $" {invitation.Code!.ToLowerInvariant()} ").ReadAsync<Session>();
        await RegisterAsync("cleo", invitation.Code).RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid");

        var listed = Assert.Single((await _olga.Http.GetAsync("/api/admin/invitations").ReadAsync<Page<Invitation>>()).Items);
        Assert.Equal(invitation with { Code = null, Used = 2 }, listed);
        Assert.Equal(("the choir", _olga.User), (listed.Note, listed.By));
        await _app.Http.PostAsJsonAsync("/api/accounts/login", new { handle = "ann", password = Password }).ReadAsync<Session>();
    }

    [Fact]
    public async Task Of_two_who_use_the_last_place_at_once_one_gets_in()
    {
        var invitation = await MakeAsync(new { }).ReadAsync<Invitation>();

        var answers = await Task.WhenAll(RegisterAsync("ann", invitation.Code), RegisterAsync("ben", invitation.Code));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1, (await _olga.Http.GetAsync("/api/admin/invitations").ReadAsync<Page<Invitation>>()).Items[0].Used);
    }

    [Fact]
    public async Task A_guest_needs_one_too_to_become_an_account()
    {
        var guest = await _app.GuestAsync();
        var invitation = await MakeAsync(new { }).ReadAsync<Invitation>();
        await UpgradeAsync(invite: null).RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid");

        await UpgradeAsync(invitation.Code).ReadAsync<Session>();

        Task<HttpResponseMessage> UpgradeAsync(string? invite) =>
            guest.Http.PostAsJsonAsync("/api/accounts/upgrade", new { handle = "gus", password = Password, invite });
    }

    [Fact]
    public async Task Revoked_and_ended_ones_are_good_no_more()
    {
        var revoked = await MakeAsync(new { uses = 5 }).ReadAsync<Invitation>();
        var soon = _app.Services.GetRequiredService<IHubClock>().Now.Ms + 300;
        var ended = await MakeAsync(new { uses = 5, expiresAtMs = soon }).ReadAsync<Invitation>();
        Assert.Equal(HttpStatusCode.NoContent, (await _olga.Http.DeleteAsync($"/api/admin/invitations/{revoked.Id}")).StatusCode);
        await _olga.Http.DeleteAsync($"/api/admin/invitations/{revoked.Id}").RefusedAsync(HttpStatusCode.NotFound, "invitation.not_found");

        await RegisterAsync("ann", revoked.Code).RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid");
        await TestRig.Patiently.UntilAsync(
            async () => await RegisterAsync(NewHandle(), ended.Code).RefusedAsync(HttpStatusCode.Forbidden, "account.invitation_invalid"), "it has ended");
        var log = (await _olga.Http.GetAsync("/api/admin/audit").ReadAsync<Page<AuditEntry>>()).Items.Where(entry => entry.Subject == revoked.Id);
        Assert.Equal(["invitation.revoked", "invitation.made"], log.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Only_operators_invite_and_in_bounds()
    {
        var guest = await _app.GuestAsync();
        await guest.Http.PostAsJsonAsync("/api/admin/invitations", new { }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await guest.Http.GetAsync("/api/admin/invitations").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await guest.Http.DeleteAsync("/api/admin/invitations/x").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await MakeAsync(new { uses = 0 }).RefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
        await MakeAsync(new { expiresAtMs = 1 }).RefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_closed_hub_takes_no_accounts_and_one_without_guests_no_guests()
    {
        await using var closed = new HubApp(settings: new() { ["Accounts:SignUp"] = "closed", ["Accounts:Guests"] = "false" });

        Assert.Equal(new SignUpView(SignUpMode.Closed, Guests: false), await closed.Http.GetAsync("/api/accounts/sign-up").ReadAsync<SignUpView>());
        await closed.Http.PostAsJsonAsync("/api/accounts", new { handle = "ann", password = Password }).RefusedAsync(HttpStatusCode.Forbidden, "account.sign_up_closed");
        await closed.Http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Ann" }).RefusedAsync(HttpStatusCode.Forbidden, "account.sign_up_closed");
    }

    private static string NewHandle() => "i" + Guid.CreateVersion7().ToString("N")[^20..];

    private Task<HttpResponseMessage> MakeAsync(object request) => _olga.Http.PostAsJsonAsync("/api/admin/invitations", request);

    private Task<HttpResponseMessage> RegisterAsync(string handle, string? invite) =>
        _app.Http.PostAsJsonAsync("/api/accounts", new { handle, password = Password, invite });
}
