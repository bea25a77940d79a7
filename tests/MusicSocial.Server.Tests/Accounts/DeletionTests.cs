using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Tests.Nodes;

namespace MusicSocial.Server.Tests.Accounts;

[Trait("Stores", "both")]
public sealed class DeletionTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string Password = "correct horse battery";

    private DeletionStore Store => nodes.A.Services.GetRequiredService<DeletionStore>();

    [Fact]
    public async Task Who_asks_is_signed_out_on_every_node_at_once_and_has_a_week()
    {
        var ann = await nodes.A.MemberAsync(NewHandle());
        await using var there = await HubClient.ConnectAsync(new Person(nodes.B, ann.Session));
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        there.Connection.Closed += _ => Task.FromResult(closed.TrySetResult());
        await DeleteAsync(ann, new { password = "not it" }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await DeleteAsync(ann, new { password = Password, comments = "burn" }).RefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
        var now = nodes.A.Services.GetRequiredService<IHubClock>().Now.Ms;

        using var answer = await DeleteAsync(ann, new { password = Password });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var week = TimeSpan.FromDays(7).TotalMilliseconds;
        Assert.InRange((await answer.Content.ReadFromJsonAsync<DeletionView>(WireJson.Options))!.DeletesAtMs - now, week - 1, week + 60_000);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await new Person(nodes.B, ann.Session).Http.GetAsync("/api/accounts/me").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
        await nodes.B.Http.PostAsJsonAsync("/api/accounts/refresh", new { ann.Session.RefreshToken }).RefusedAsync(HttpStatusCode.Unauthorized, "auth.expired");
        Assert.Equal(ann.User, (await LogInAsync(ann).ReadAsync<Session>()).User);
    }

    [Fact]
    public async Task Signing_in_meanwhile_keeps_the_account_and_says_so()
    {
        var ann = await nodes.A.MemberAsync(NewHandle());
        (await DeleteAsync(ann, new { password = Password })).EnsureSuccessStatusCode();

        Assert.True((await LogInAsync(ann).ReadAsync<Session>()).DeletionCancelled);

        Assert.Null((await LogInAsync(ann).ReadAsync<Session>()).DeletionCancelled);
        Assert.Null((await nodes.A.Services.GetRequiredService<AccountStore>().FindByIdAsync(ann.User.Id, default))!.DeletesAtMs);
        await SweepAsync(nodes.A);
        await LogInAsync(ann).ReadAsync<Session>();
    }

    [Fact]
    public async Task What_a_person_left_behind_is_gone_and_the_name_with_it()
    {
        var (ann, ben) = (await nodes.A.MemberAsync(NewHandle()), await nodes.A.MemberAsync(NewHandle()));
        var (mine, theirs) = (await PostAsync(ann, $"by ann for @{ben.User.Handle}"), await PostAsync(ben, "by ben"));
        await FollowAsync(ann, ben);
        await FollowAsync(ben, ann);
        (await ann.Http.PutAsync($"/api/comments/{theirs.Id}/like", null)).EnsureSuccessStatusCode();
        await TestRig.Patiently.UntilAsync(async () => Assert.Equal(2, (await InboxAsync(ben)).Count), "mention and follower have arrived");
        await DueAsync(ann, "delete");

        await SweepAsync(nodes.B);

        var left = (await nodes.A.Http.GetAsync($"/api/tracks/{nodes.First.Id}/comments?limit=100").ReadAsync<CommentPage>()).Items;
        Assert.True(left.Single(comment => comment.Id == mine.Id).Deleted);
        Assert.Equal(0, left.Single(comment => comment.Id == theirs.Id).Likes);
        Assert.Empty(await InboxAsync(ben));
        Assert.Equal(0, (await ben.Http.GetAsync($"/api/users/{ben.User.Handle}").ReadAsync<Profile>()).Followers);
        foreach (var node in new[] { nodes.A, nodes.B })
        {
            await node.Http.GetAsync($"/api/users/{ann.User.Handle}").RefusedAsync(HttpStatusCode.Unauthorized, "auth.required");
            await new Person(node, ben.Session).Http.GetAsync($"/api/users/{ann.User.Handle}").RefusedAsync(HttpStatusCode.NotFound, "user.not_found");
        }

        await LogInAsync(ann).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");
        await nodes.A.MemberAsync(ann.User.Handle);
        Assert.DoesNotContain(await Store.DueAsync(long.MaxValue, 100, default), departure => departure.UserId == ann.User.Id);
    }

    [Fact]
    public async Task Kept_comments_stay_under_deleted_account()
    {
        var ann = await nodes.A.MemberAsync(NewHandle());
        var mine = await PostAsync(ann, "keep this");
        await DueAsync(ann, "keep");

        await SweepAsync(nodes.A);

        foreach (var node in new[] { nodes.A, nodes.B })
        {
            var kept = (await node.Http.GetAsync($"/api/tracks/{nodes.First.Id}/comments?limit=100").ReadAsync<CommentPage>()).Items.Single(comment => comment.Id == mine.Id);
            Assert.Equal(("keep this", "Deleted account"), (kept.Text, kept.Author.DisplayName));
            Assert.StartsWith("deleted-", kept.Author.Handle, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sweep_that_ended_in_the_middle_is_taken_up_again()
    {
        var ann = await nodes.A.MemberAsync(NewHandle());
        var mine = await PostAsync(ann, "half gone");
        await DueAsync(ann, "delete");
        var nowMs = (long)nodes.A.Services.GetRequiredService<IHubClock>().Now.Ms;
        Assert.True(await Store.TryAnonymiseAsync(ann.User.Id, $"deleted-{NewHandle()}", "Deleted account", "stamp", nowMs, default));
        await LogInAsync(ann).RefusedAsync(HttpStatusCode.Unauthorized, "auth.invalid");

        await Task.WhenAll(SweepAsync(nodes.A), SweepAsync(nodes.B));

        var left = (await nodes.A.Http.GetAsync($"/api/tracks/{nodes.First.Id}/comments?limit=100").ReadAsync<CommentPage>()).Items;
        Assert.True(left.Single(comment => comment.Id == mine.Id).Deleted);
        Assert.DoesNotContain(await Store.DueAsync(long.MaxValue, 100, default), departure => departure.UserId == ann.User.Id);
    }

    [Fact]
    public async Task A_guest_needs_no_password_and_goes_with_the_next_sweep()
    {
        var guest = await nodes.A.GuestAsync();
        var mine = await PostAsync(guest, "a guest was here");
        using var nonsense = new HttpRequestMessage(HttpMethod.Delete, "/api/accounts/me") { Content = new StringContent("{", null, "application/json") };
        await guest.Http.SendAsync(nonsense).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
        (await DeleteAsync(guest, body: null)).EnsureSuccessStatusCode();

        await SweepAsync(nodes.A);

        var left = (await nodes.A.Http.GetAsync($"/api/tracks/{nodes.First.Id}/comments?limit=100").ReadAsync<CommentPage>()).Items;
        Assert.True(left.Single(comment => comment.Id == mine.Id).Deleted);
    }

    [Fact]
    public async Task An_operator_who_left_stays_in_the_audit_log_without_a_name()
    {
        var (olga, oscar, mal) = (await OperatorAsync(), await OperatorAsync(), await nodes.A.MemberAsync(NewHandle()));
        await olga.Http.PostAsJsonAsync($"/api/admin/users/{mal.User.Handle}/suspend", new { reason = "threats" });
        await DueAsync(olga, "delete");

        await SweepAsync(nodes.A);
        await nodes.A.Services.GetRequiredService<GuestStore>().RemoveUnusedAsync(long.MaxValue, 1_000, default);

        var log = await oscar.Http.GetAsync("/api/admin/audit").ReadAsync<Page<AuditEntry>>();
        Assert.Equal("Deleted account", Assert.Single(log.Items, entry => entry.Subject == mal.User.Id).By.DisplayName);
    }

    private static string NewHandle() => "d" + Guid.CreateVersion7().ToString("N")[^20..];

    private static Task SweepAsync(HubApp node) => node.Services.GetRequiredService<DeletionSweep>().SweepAsync(default);

    private static async Task<IReadOnlyList<Notice>> InboxAsync(Person person) => (await person.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>()).Items;

    private async Task<Person> OperatorAsync()
    {
        var person = await nodes.A.MemberAsync(NewHandle());
        Assert.True(await nodes.A.Services.GetRequiredService<AccountStore>().SetOperatorAsync(person.User.Handle, isOperator: true, default));
        return person;
    }

    /// <summary>Asks for the deletion, whose time then has come.</summary>
    private async Task DueAsync(Person person, string comments)
    {
        (await DeleteAsync(person, new { password = Password, comments })).EnsureSuccessStatusCode();
        await Store.RequestAsync(person.User.Id, 1, keepsComments: comments == "keep", default);
    }

    private static Task<HttpResponseMessage> DeleteAsync(Person person, object? body) =>
        person.Http.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/accounts/me") { Content = body is null ? null : JsonContent.Create(body) });

    private static async Task FollowAsync(Person person, Person other) =>
        (await person.Http.PutAsync($"/api/users/{other.User.Handle}/follow", null)).EnsureSuccessStatusCode();

    private Task<Comment> PostAsync(Person person, string text) =>
        person.Http.PostAsJsonAsync($"/api/tracks/{nodes.First.Id}/comments", new { text, clientKey = Guid.CreateVersion7() }).ReadAsync<Comment>();

    private Task<HttpResponseMessage> LogInAsync(Person person) =>
        nodes.A.Http.PostAsJsonAsync("/api/accounts/login", new { person.User.Handle, password = Password });
}
