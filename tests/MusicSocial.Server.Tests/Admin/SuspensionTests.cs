using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Tests.Nodes;

namespace MusicSocial.Server.Tests.Admin;

[Trait("Stores", "both")]
public sealed class SuspensionTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_suspended_person_is_out_on_every_node_and_told_why()
    {
        var (olga, mal) = (await OperatorAsync(), await nodes.A.MemberAsync(NewHandle()));
        await using var there = await HubClient.ConnectAsync(new Person(nodes.B, mal.Session));
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        there.Connection.Closed += _ => Task.FromResult(closed.TrySetResult());

        await SuspendAsync(olga, mal, new { reason = "threats" });

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await new Person(nodes.B, mal.Session).Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await nodes.B.Http.PostAsJsonAsync("/api/accounts/refresh", new { mal.Session.RefreshToken }).RefusedAsync(HttpStatusCode.Forbidden, "auth.suspended");
        var refusal = await LogInAsync(mal, Password).RefusedAsync(HttpStatusCode.Forbidden, "auth.suspended");
        Assert.Contains("threats", refusal.GetProperty("detail").GetString(), StringComparison.Ordinal);
        // Who does not know the password learns nothing of it.
        await LogInAsync(mal, "a guess").RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
    }

    [Fact]
    public async Task It_ends_by_itself_or_when_it_is_lifted()
    {
        var (olga, mal, ned) = (await OperatorAsync(), await nodes.A.MemberAsync(NewHandle()), await nodes.A.MemberAsync(NewHandle()));
        await SuspendAsync(olga, mal, new { reason = "spam" });
        await SuspendAsync(olga, ned, new { reason = "spam", untilMs = nodes.A.Services.GetRequiredService<IHubClock>().Now.Ms + 2_000 });

        var wait = (await LogInAsync(ned, Password).RefusedAsync(HttpStatusCode.Forbidden, "auth.suspended")).GetProperty("retryAfterMs").GetDouble();
        Assert.InRange(wait, 1, 2_000);
        await TestRig.Patiently.UntilAsync(() => LogInAsync(ned, Password).ReadAsync<Session>(), "it is over");

        await olga.Http.PostAsync($"/api/admin/users/{mal.User.Handle}/restore", null);
        await LogInAsync(mal, Password).ReadAsync<Session>();
        var log = (await olga.Http.GetAsync("/api/admin/audit").ReadAsync<Page<AuditEntry>>()).Items.Where(entry => entry.Subject == mal.User.Id);
        Assert.Equal([("user.restored", null), ("user.suspended", "spam")], log.Select(entry => (entry.Action, entry.Reason)));
        Assert.All(log, entry => Assert.Equal(olga.User, entry.By));
    }

    [Fact]
    public async Task Only_operators_decide_and_not_about_each_other()
    {
        var (olga, oscar, mal) = (await OperatorAsync(), await OperatorAsync(), await nodes.A.MemberAsync(NewHandle()));

        await SuspendAsync(mal, olga, new { reason = "revenge" }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await SuspendAsync(olga, oscar, new { reason = "quarrel" }).RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await mal.Http.GetAsync("/api/admin/audit").RefusedAsync(HttpStatusCode.Forbidden, "auth.forbidden");
        await nodes.A.Http.GetAsync("/api/admin/audit").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await SuspendAsync(olga, mal, new { reason = " " }).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await SuspendAsync(olga, mal, new { reason = "late", untilMs = 1 }).RefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
        await olga.Http.PostAsJsonAsync("/api/admin/users/nobody-here/suspend", new { reason = "?" }).RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        await mal.Http.GetAsync("/api/accounts/me").ReadAsync<User>();
    }

    [Fact]
    public async Task A_sign_in_that_passed_its_check_before_a_suspension_begins_no_session_after_it()
    {
        var (olga, mal) = (await OperatorAsync(), await nodes.A.MemberAsync(NewHandle()));
        var checkedBefore = (await nodes.A.Services.GetRequiredService<AccountStore>().FindByIdAsync(mal.User.Id, default))!;
        await SuspendAsync(olga, mal, new { reason = "threats" });

        var refused = await Assert.ThrowsAsync<RefusedException>(() => nodes.A.Services.GetRequiredService<Sessions>()
            .BeginAsync(checkedBefore, SignInWay.Password, new SignInOrigin(ClientNetwork.Of(address: null), "a phone"), default));

        Assert.Equal("auth.suspended", refused.Refusal.Code);
    }

    [Fact]
    public async Task No_sign_in_that_runs_beside_a_suspension_is_good_after_it()
    {
        var olga = await OperatorAsync();
        for (var round = 0; round < 3; round++)
        {
            var mal = await nodes.A.MemberAsync(NewHandle());
            var signingIn = Enumerable.Range(0, 3).Select(_ => LogInAsync(mal, Password)).ToList();
            await SuspendAsync(olga, mal, new { reason = "threats" });

            foreach (var answer in await Task.WhenAll(signingIn))
            {
                if (answer.IsSuccessStatusCode)
                    await new Person(nodes.A, await Task.FromResult(answer).ReadAsync<Session>()).Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
            }
        }
    }

    private static string NewHandle() => "s" + Guid.CreateVersion7().ToString("N")[^20..];

    private async Task<Person> OperatorAsync()
    {
        var person = await nodes.A.MemberAsync(NewHandle());
        Assert.True(await nodes.A.Services.GetRequiredService<AccountStore>().SetOperatorAsync(person.User.Handle, isOperator: true, default));
        return person;
    }

    private static Task<HttpResponseMessage> SuspendAsync(Person by, Person whom, object request) =>
        by.Http.PostAsJsonAsync($"/api/admin/users/{whom.User.Handle}/suspend", request);

    private Task<HttpResponseMessage> LogInAsync(Person person, string password) =>
        nodes.A.Http.PostAsJsonAsync("/api/accounts/login", new { person.User.Handle, password });
}
