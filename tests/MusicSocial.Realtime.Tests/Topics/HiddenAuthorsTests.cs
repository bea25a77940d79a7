using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Topics;

/// <summary>What some followers may not see reaches the others as ever, and leaves no hole in anyone's numbering.</summary>
public sealed class HiddenAuthorsTests : IAsyncLifetime
{
    private const string Topic = "test:song";

    private static readonly TimeSpan Tick = new RealtimeOptions().BusyInterval;

    private readonly TestNode _node = new();

    public Task InitializeAsync()
    {
        _node.Kind.Author = topicEvent => topicEvent.Type == "said" ? topicEvent.Data.GetProperty("by").GetString() : null;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_follower_gets_events_of_hidden_authors_withheld()
    {
        _node.Kind.Hidden["ann"] = new HashSet<string> { "ben" };
        var ann = await FollowAsync("ann");
        var cara = await FollowAsync("cara");

        await SayAsync("ben");
        await SayAsync("dan");

        await Eventually.Holds(() => Types(ann).Length == 2 && Types(cara).Length == 2, "both are told");
        Assert.Equal([TopicEvent.Withheld, "said"], Types(ann));
        Assert.Equal("{}", ann.Frames(Topic).SelectMany(frame => frame.Events).First().Data.GetRawText());
        Assert.Equal(["said", "said"], Types(cara));
        Assert.All(ann.Frames(Topic), frame => Assert.Equal(frame.Total, frame.Shown));
    }

    [Fact]
    public async Task What_was_missed_is_withheld_too()
    {
        _node.Kind.Hidden["ann"] = new HashSet<string> { "ben" };
        var cara = await FollowAsync("cara");
        var start = (await cara.CallAsync<FollowAnswer>("FollowAs", Topic, "cara")).Position;
        await SayAsync("ben");
        await SayAsync("dan");
        await Eventually.Holds(() => Types(cara).Length == 2, "told");

        var ann = await _node.ConnectAsync();
        var answer = await ann.CallAsync<FollowAnswer>("FollowSince", Topic, "ann", start);

        Assert.True(answer.Recovered);
        Assert.Equal([TopicEvent.Withheld, "said"], answer.Events.Select(missed => missed.Type));
        Assert.Equal([1L, 2L], answer.Events.Select(missed => missed.Offset));
    }

    [Fact]
    public async Task What_was_taken_back_meanwhile_is_not_told()
    {
        var cara = await FollowAsync("cara");
        var start = (await cara.CallAsync<FollowAnswer>("FollowAs", Topic, "cara")).Position;
        await PublishAsync("secret", new { text = "mistake" });
        await PublishAsync("taken-back", new { });
        await Eventually.Holds(() => Types(cara).Length == 2, "told");

        var ann = await _node.ConnectAsync();
        var answer = await ann.CallAsync<FollowAnswer>("FollowSince", Topic, "ann", start);

        Assert.Equal([TopicEvent.Withheld, "taken-back"], answer.Events.Select(missed => missed.Type));
    }

    [Fact]
    public async Task A_change_counts_from_the_next_event_on()
    {
        var ann = await FollowAsync("ann");
        await SayAsync("ben");
        await Eventually.Holds(() => Types(ann).Length == 1, "told");

        _node.Kind.Hidden["ann"] = new HashSet<string> { "ben" };
        await _node.Subscriptions.RefreshHiddenAuthorsAsync("ann", default);
        await SayAsync("ben");
        await Eventually.Holds(() => Types(ann).Length == 2, "told");

        Assert.Equal(["said", TopicEvent.Withheld], Types(ann));
    }

    private async Task<TestClient> FollowAsync(string userId)
    {
        var client = await _node.ConnectAsync();
        await client.CallAsync<FollowAnswer>("FollowAs", Topic, userId);
        return client;
    }

    private Task SayAsync(string by) => PublishAsync("said", new { by });

    private async Task PublishAsync<T>(string type, T data)
    {
        await _node.Publisher.PublishAsync(Topic, type, data, null, default);
        _node.Time.Advance(Tick);
    }

    private static string[] Types(TestClient client) => [.. client.Frames(Topic).SelectMany(frame => frame.Events).Select(told => told.Type)];
}
