using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class RecoveryTests(AccountsHub hub) : IClassFixture<AccountsHub>
{
    private const string Password = "correct horse battery";
    private const string Next = "another good password";

    [Fact]
    public async Task A_code_made_at_sign_up_sets_a_new_password_once_and_ends_every_session()
    {
        var ann = await NewAsync();
        var codes = ann.RecoveryCodes!;
        Assert.Equal(8, codes.Distinct().Count());

        var recovered = await RecoverAsync(ann, codes[0]).ReadAsync<Session>();

        Assert.Equal(ann.User, recovered.User);
        Assert.Null(recovered.RecoveryCodes);
        await As(ann).GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await As(recovered).GetAsync("/api/accounts/me").ReadAsync<User>();
        await LogInAsync(ann, Password).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await LogInAsync(ann, Next).ReadAsync<Session>();
        await RecoverAsync(ann, codes[0]).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        Assert.Equal(7, (await As(recovered).GetAsync("/api/accounts/recovery-codes").ReadAsync<RecoveryCodesLeft>()).Left);
    }

    [Fact]
    public async Task A_code_is_read_however_it_is_typed()
    {
        var ann = await NewAsync();

        await RecoverAsync(ann, $" {ann.RecoveryCodes![3].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()} ").ReadAsync<Session>();
    }

    [Fact]
    public async Task Of_two_uses_of_one_code_at_once_one_wins()
    {
        var ann = await NewAsync();

        var answers = await Task.WhenAll(RecoverAsync(ann, ann.RecoveryCodes![0]), RecoverAsync(ann, ann.RecoveryCodes[0]));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Unknown_handles_guests_and_wrong_codes_are_answered_alike()
    {
        var (ann, ben, guest) = (await NewAsync(), await NewAsync(), await hub.App.GuestAsync());

        var refusals = new List<string?>();
        foreach (var (handle, code) in new[] { (ann.User.Handle, "2222-2222-2222-2222"), (ben.User.Handle, ann.RecoveryCodes![0]), ("nobody-here", ann.RecoveryCodes[0]), (guest.User.Handle, ""), ("", null) })
            refusals.Add((await RecoverAsync(handle, code, Next).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid")).GetProperty("detail").GetString());

        Assert.Single(refusals.Distinct());
        await RecoverAsync(ann.User.Handle, ann.RecoveryCodes[0], "short").RefusedAsync(HttpStatusCode.BadRequest, "account.password_weak");
        await RecoverAsync(ann, ann.RecoveryCodes[0]).ReadAsync<Session>();
    }

    [Fact]
    public async Task New_codes_take_the_password_and_end_the_old_ones()
    {
        var ann = await NewAsync();
        await RenewAsync(ann, "not it").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        var codes = await RenewAsync(ann, Password).ReadAsync<RecoveryCodes>();

        await RecoverAsync(ann, ann.RecoveryCodes![0]).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await RecoverAsync(ann, codes.Codes[7]).ReadAsync<Session>();
        await RenewAsync((await hub.App.GuestAsync()).Session, "").RefusedAsync(HttpStatusCode.Conflict, "account.guest");
    }

    [Fact]
    public async Task A_guest_who_becomes_an_account_gets_codes_too()
    {
        var guest = await hub.App.GuestAsync();
        var account = await guest.Http.PostAsJsonAsync("/api/accounts/upgrade", new { handle = NewHandle(), password = Password }).ReadAsync<Session>();

        await RecoverAsync(account, account.RecoveryCodes![0]).ReadAsync<Session>();
    }

    [Fact]
    public async Task An_operator_gives_out_a_code_that_is_in_the_audit_log()
    {
        var (olga, ann) = (await OperatorAsync(), await NewAsync());
        var first = await ResetAsync(olga, ann.User).ReadAsync<ResetCode>();

        var reset = await ResetAsync(olga, ann.User).ReadAsync<ResetCode>();

        await RecoverAsync(ann, first.Code).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await RecoverAsync(ann, reset.Code).ReadAsync<Session>();
        await RecoverAsync(ann, reset.Code).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        var log = await olga.Http.GetAsync("/api/admin/audit").ReadAsync<Page<AuditEntry>>();
        Assert.Equal(2, log.Items.Count(entry => entry.Action == "user.reset" && entry.Subject == ann.User.Id && entry.By == olga.User));
    }

    [Fact]
    public async Task Only_operators_give_out_codes_and_not_to_each_other_or_guests()
    {
        var (olga, oscar, ann) = (await OperatorAsync(), await OperatorAsync(), await NewAsync());

        await ResetAsync(new Person(hub.App, ann), olga.User).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await ResetAsync(olga, oscar.User).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await ResetAsync(olga, (await hub.App.GuestAsync()).User).RefusedAsync(HttpStatusCode.Conflict, "account.guest");
        await olga.Http.PostAsync("/api/admin/users/nobody-here/reset", null).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
    }

    [Fact]
    public async Task A_code_does_not_lift_a_suspension_and_is_not_used_up_by_it()
    {
        var (olga, mal) = (await OperatorAsync(), await NewAsync());
        await olga.Http.PostAsJsonAsync($"/api/admin/users/{mal.User.Handle}/suspend", new { reason = "threats" });

        await RecoverAsync(mal, mal.RecoveryCodes![0]).RefusedAsync(HttpStatusCode.Forbidden, "auth.suspended");

        await olga.Http.PostAsync($"/api/admin/users/{mal.User.Handle}/restore", null);
        await RecoverAsync(mal, mal.RecoveryCodes[0]).ReadAsync<Session>();
    }

    private static string NewHandle() => "r" + Guid.CreateVersion7().ToString("N")[^20..];

    private HttpClient As(Session session) => new Person(hub.App, session).Http;

    private async Task<Session> NewAsync() => (await hub.App.MemberAsync(NewHandle())).Session;

    private async Task<Person> OperatorAsync()
    {
        var person = await hub.App.MemberAsync(NewHandle());
        Assert.True(await hub.App.Services.GetRequiredService<AccountStore>().SetOperatorAsync(person.User.Handle, isOperator: true, default));
        return person;
    }

    private static Task<HttpResponseMessage> ResetAsync(Person by, User whom) => by.Http.PostAsync($"/api/admin/users/{whom.Handle}/reset", null);

    private Task<HttpResponseMessage> RenewAsync(Session session, string password) =>
        As(session).PostAsJsonAsync("/api/accounts/recovery-codes", new { password });

    private Task<HttpResponseMessage> RecoverAsync(Session session, string code) => RecoverAsync(session.User.Handle, code, Next);

    private Task<HttpResponseMessage> RecoverAsync(string handle, string? code, string password) =>
        hub.App.Http.PostAsJsonAsync("/api/accounts/recover", new { handle, code, password });

    private Task<HttpResponseMessage> LogInAsync(Session session, string password) =>
        hub.App.Http.PostAsJsonAsync("/api/accounts/login", new { session.User.Handle, password });
}
