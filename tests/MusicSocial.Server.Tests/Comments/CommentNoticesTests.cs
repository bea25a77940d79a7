using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Comments;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Tests.Catalog;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Comments;

public sealed class CommentNoticesTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly HubApp _app;
    private Person _ann = null!;
    private Person _bob = null!;
    private Track _track = null!;

    public CommentNoticesTests() => _app = new HubApp(services: services => services.AddSingleton<TimeProvider>(_time));

    public async Task InitializeAsync() => (_ann, _bob, _track) = (await _app.GuestAsync("Ann"), await _app.MemberAsync("bob"), await _app.AddTrackAsync());

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private CommentStore Store => _app.Services.GetRequiredService<CommentStore>();

    [Fact]
    public async Task Notices_that_a_stopped_node_left_are_sent_by_a_sweep_and_once()
    {
        await LeaveAsync("hello @bob");

        _time.Advance(TimeSpan.FromMinutes(2));

        await Patiently.UntilAsync(async () => Assert.Empty(await DueAsync()), "the notice is sent");
        var notice = Assert.Single((await InboxAsync(_bob)).Items);
        Assert.Equal(("mention", "hello @bob"), (notice.Type, notice.Data.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_comment_that_was_deleted_meanwhile_sends_none()
    {
        var comment = await LeaveAsync("hello @bob");
        await Store.DeleteAsync(comment, CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(2));

        await Patiently.UntilAsync(async () => Assert.Empty(await DueAsync()), "the notice is dropped");
        Assert.Empty((await InboxAsync(_bob)).Items);
    }

    [Fact]
    public async Task A_deleted_comment_is_in_no_inbox_any_more()
    {
        var comment = await _ann.Http.PostAsJsonAsync($"/api/tracks/{_track.Id}/comments", new { text = "regretted @bob", clientKey = "k" }).ReadAsync<Comment>();
        await Patiently.UntilAsync(async () => Assert.Single((await InboxAsync(_bob)).Items), "the notice is there");

        await _ann.Http.DeleteAsync($"/api/comments/{comment.Id}");

        Assert.Empty((await InboxAsync(_bob)).Items);
        Assert.Equal(0, (await InboxAsync(_bob)).Unread);
    }

    [Fact]
    public async Task One_person_rings_anothers_bell_only_so_often()
    {
        for (var number = 0; number < 40; number++)
            await _ann.Http.PostAsJsonAsync($"/api/tracks/{_track.Id}/comments", new { text = $"hey @bob {number}", clientKey = $"k{number}" }).ReadAsync<Comment>();
        await _app.Services.GetRequiredService<MusicSocial.Server.Inbox.Inboxes>().NotifyAsync(_bob.User.Id, null, "follower", new { }, "after", default);

        await Patiently.UntilAsync(async () => Assert.Empty(await DueAsync()), "all were looked at");
        Assert.Equal(31, (await InboxAsync(_bob)).Items.Count);
    }

    /// <summary>A comment as a node leaves it that stops right after it was committed.</summary>
    private Task<CommentRow> LeaveAsync(string text) => Store.AddAsync(
        new CommentRow { Id = Ids.New(1), TrackId = _track.Id, AuthorId = _ann.User.Id, ClientKey = "key", Text = text, CreatedAtMs = _time.GetUtcNow().ToUnixTimeMilliseconds() },
        slowMode: TimeSpan.Zero, hasNotices: true, CancellationToken.None);

    private Task<IReadOnlyList<string>> DueAsync() => Store.NoticesDueAsync(long.MaxValue, 10, CancellationToken.None);

    private static Task<InboxPage> InboxAsync(Person person) => person.Http.GetAsync("/api/me/inbox").ReadAsync<InboxPage>();
}
