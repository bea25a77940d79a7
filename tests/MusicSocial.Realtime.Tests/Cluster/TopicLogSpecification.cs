using System.Text.Json;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every topic log promises, whatever keeps it. Topics are fresh in every test.</summary>
public abstract class TopicLogSpecification
{
    private readonly string _topic = $"test:{Guid.CreateVersion7():n}";

    /// <summary>The log; keeps at least <see cref="Kept"/> events per topic, and not ten times as many.</summary>
    protected abstract ITopicLog Log { get; }

    /// <summary>The same log as another node sees it.</summary>
    protected virtual ITopicLog OtherLog => Log;

    protected const int Kept = 50;

    [Fact]
    public async Task Events_are_numbered_from_one_without_holes()
    {
        var first = await AppendAsync("a");
        var second = await AppendAsync("b");

        Assert.Equal((1L, 2L), (first.Event.Offset, second.Event.Offset));
        Assert.Equal(first.Epoch, second.Epoch);
        Assert.NotEmpty(first.Epoch);
    }

    [Fact]
    public async Task An_event_is_read_as_it_was_appended()
    {
        var before = (await Log.ReadAsync(_topic, null, default)).Head;
        var data = JsonSerializer.SerializeToElement(new { text = "grüße 🎵", number = 1.5, none = (string?)null }, WireJson.Options);

        var (epoch, appended) = await Log.AppendAsync(_topic, new("kind", data), default);
        var slice = await OtherLog.ReadAsync(_topic, before, default);

        Assert.Equal(new(epoch, 1), slice.Head);
        var read = Assert.Single(slice.Events);
        Assert.Equal((appended.Offset, "kind", appended.AtMs), (read.Offset, read.Type, read.AtMs));
        Assert.Equal(data.GetRawText(), read.Data.GetRawText());
    }

    [Fact]
    public async Task Reading_without_a_position_tells_only_where_the_topic_stands()
    {
        await AppendAsync("a");

        var slice = await OtherLog.ReadAsync(_topic, null, default);

        Assert.Equal(1, slice.Head.Offset);
        Assert.False(slice.Recovered);
        Assert.Empty(slice.Events);
    }

    [Fact]
    public async Task An_empty_topic_stands_at_zero_and_stays_in_its_epoch()
    {
        var head = (await Log.ReadAsync(_topic, null, default)).Head;

        Assert.Equal(0, head.Offset);
        Assert.Equal(head, (await OtherLog.ReadAsync(_topic, head, default)).Head);
        Assert.True((await OtherLog.ReadAsync(_topic, head, default)).Recovered);
        Assert.Equal(head.Epoch, (await AppendAsync("a")).Epoch);
    }

    [Fact]
    public async Task Reading_after_a_position_gives_exactly_what_followed_it()
    {
        var epoch = (await AppendAsync("a")).Epoch;
        await AppendAsync("b");
        await AppendAsync("c");

        for (var offset = 0; offset <= 3; offset++)
        {
            var slice = await OtherLog.ReadAsync(_topic, new(epoch, offset), default);
            Assert.True(slice.Recovered);
            Assert.Equal(Enumerable.Range(offset + 1, 3 - offset).Select(number => (long)number), slice.Events.Select(one => one.Offset));
        }
    }

    [Theory]
    [InlineData("elsewhere", 1)]
    [InlineData(null, 2)]
    [InlineData(null, -1)]
    [InlineData(null, long.MaxValue)]
    [InlineData(null, long.MinValue)]
    public async Task A_position_that_never_was_is_not_recovered(string? epoch, long offset)
    {
        var head = (await AppendAsync("a")).Epoch;

        var slice = await OtherLog.ReadAsync(_topic, new(epoch ?? head, offset), default);

        Assert.False(slice.Recovered);
        Assert.Empty(slice.Events);
        Assert.Equal(new(head, 1), slice.Head);
    }

    [Fact]
    public async Task Old_events_are_forgotten_and_that_is_said()
    {
        var epoch = (await AppendAsync("first")).Epoch;
        for (var i = 0; i < Kept * 10; i++)
        {
            await AppendAsync("more");
        }

        Assert.False((await Log.ReadAsync(_topic, new(epoch, 0), default)).Recovered);
        var recent = await Log.ReadAsync(_topic, new(epoch, (Kept * 10) + 1 - Kept), default);
        Assert.True(recent.Recovered);
        Assert.Equal(Kept, recent.Events.Count);
    }

    [Fact]
    public async Task A_repeated_key_is_the_first_append_and_nothing_new()
    {
        var first = await AppendAsync("first", "key");
        var repeated = await OtherLog.AppendAsync(_topic, new("kind", Json("second"), "key"), default);

        Assert.Equal((first.Epoch, first.Event.Offset, first.Event.AtMs), (repeated.Epoch, repeated.Event.Offset, repeated.Event.AtMs));
        Assert.Equal("first", repeated.Event.Data.GetString());
        Assert.Equal(1, (await Log.ReadAsync(_topic, null, default)).Head.Offset);
    }

    [Fact]
    public async Task Keys_belong_to_their_topic_and_no_key_never_repeats()
    {
        await AppendAsync("a", "key");
        var elsewhere = await Log.AppendAsync(_topic + "-other", new("kind", Json("a"), "key"), default);
        await AppendAsync("same");
        var last = await AppendAsync("same");

        Assert.Equal(1, elsewhere.Event.Offset);
        Assert.Equal(3, last.Event.Offset);
    }

    [Fact]
    public async Task A_key_repeated_at_the_same_time_is_one_event()
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(async () => await (i % 2 == 0 ? Log : OtherLog).AppendAsync(_topic, new("kind", Json($"{i}"), "key"), default))));

        Assert.Single(appended.Select(one => one.Event.Data.GetString()).Distinct());
        Assert.Equal(1, (await Log.ReadAsync(_topic, null, default)).Head.Offset);
    }

    [Fact]
    public async Task Appending_from_everywhere_at_once_leaves_no_hole_and_no_duplicate()
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, Kept).Select(i =>
            Task.Run(async () => await (i % 2 == 0 ? Log : OtherLog).AppendAsync(_topic, new("kind", Json($"{i}")), default))));

        Assert.Equal(Enumerable.Range(1, Kept).Select(number => (long)number), appended.Select(one => one.Event.Offset).Order());
        var slice = await OtherLog.ReadAsync(_topic, new(appended[0].Epoch, 0), default);
        Assert.Equal(
            appended.OrderBy(one => one.Event.Offset).Select(one => one.Event.Data.GetString()),
            slice.Events.Select(one => one.Data.GetString()));
        Assert.Equal(slice.Events.Select(one => one.AtMs).Order(), slice.Events.Select(one => one.AtMs));
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);

    private ValueTask<(string Epoch, TopicEvent Event)> AppendAsync(string text, string? key = null) =>
        Log.AppendAsync(_topic, new("kind", Json(text), key), default);
}
