using System.Text;
using System.Text.Json;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every store of live documents promises together with the log.</summary>
public abstract class RevisionedStateSpecification
{
    private readonly string _key = $"test:{Guid.CreateVersion7():n}";

    protected abstract IRevisionedState State { get; }

    /// <summary>The same documents as another node sees them.</summary>
    protected virtual IRevisionedState OtherState => State;

    protected abstract ITopicLog Log { get; }

    protected abstract ITopicBus Bus { get; }

    [Fact]
    public async Task There_is_nothing_before_the_first_write() => Assert.Null(await State.ReadAsync(_key, default));

    [Fact]
    public async Task The_first_write_makes_revision_one()
    {
        Assert.True(await WriteAsync(0, "first"));

        var read = await OtherState.ReadAsync(_key, default);
        Assert.Equal((1L, "first"), (read!.Revision, Text(read)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task A_write_on_another_revision_changes_nothing_and_says_nothing(long expected)
    {
        await WriteAsync(0, "first");

        Assert.False(await WriteAsync(expected, "other"));

        Assert.Equal((1L, "first"), ((await State.ReadAsync(_key, default))!.Revision, Text((await State.ReadAsync(_key, default))!)));
        Assert.Equal(1, (await Log.ReadAsync(_key, null, default)).Head.Offset);
    }

    [Fact]
    public async Task A_document_that_is_not_live_cannot_be_written_at_a_later_revision()
    {
        Assert.False(await WriteAsync(3, "late"));
        Assert.Null(await State.ReadAsync(_key, default));
    }

    [Fact]
    public async Task A_write_carries_its_events_in_order()
    {
        var listener = new RecordingListener();
        await using var subscription = await Bus.SubscribeAsync(_key, listener, default);

        Assert.NotNull(await State.TryWriteAsync(_key, 0, Bytes("first"), [Event(1), Event(2)], default));
        Assert.NotNull(await State.TryWriteAsync(_key, 1, Bytes("second"), [], default));
        Assert.NotNull(await OtherState.TryWriteAsync(_key, 2, Bytes("third"), [Event(3)], default));

        await Eventually.Holds(() => listener.Events.Count == 3, "three events");
        Assert.Equal([1, 2, 3], listener.Events.Select(heard => heard.Event.Data.GetInt32()));
        Assert.Equal([1L, 2, 3], listener.Events.Select(heard => heard.Event.Offset));
        Assert.Equal(3, (await State.ReadAsync(_key, default))!.Revision);
    }

    [Fact]
    public async Task Of_many_writers_on_one_revision_exactly_one_wins_and_only_it_is_heard()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? State : OtherState).TryWriteAsync(_key, 0, Bytes($"{i}"), [Event(i)], default) is not null)));

        Assert.Single(outcomes, won => won);
        var winner = Array.IndexOf(outcomes, true);
        Assert.Equal($"{winner}", Text((await State.ReadAsync(_key, default))!));
        Assert.Equal(1, (await Log.ReadAsync(_key, null, default)).Head.Offset);
    }

    [Fact]
    public async Task Writers_that_read_again_all_get_through_and_the_events_stand_in_the_order_of_revisions()
    {
        var epoch = (await Log.ReadAsync(_key, null, default)).Head.Epoch;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var state = i % 2 == 0 ? State : OtherState;
            while (true)
            {
                var revision = (await state.ReadAsync(_key, default))?.Revision ?? 0;
                if (await state.TryWriteAsync(_key, revision, Bytes("x"), [Event((int)revision + 1)], default) is not null)
                {
                    return;
                }
            }
        })));

        Assert.Equal(8, (await State.ReadAsync(_key, default))!.Revision);
        var events = (await Log.ReadAsync(_key, new(epoch, 0), default)).Events;
        Assert.Equal(Enumerable.Range(1, 8), events.Select(one => one.Data.GetInt32()));
    }

    [Fact]
    public async Task A_document_says_up_to_which_event_it_reaches()
    {
        var first = await State.TryWriteAsync(_key, 0, Bytes("first"), [Event(1), Event(2)], default);
        var (epoch, said) = await Log.AppendAsync(_key, Event(3), default);
        var read = await OtherState.ReadAsync(_key, default);
        var second = await OtherState.TryWriteAsync(_key, 1, Bytes("second"), [Event(4)], default);
        var seeded = await State.SeedAsync(_key, new(1, Bytes("stored")), default);

        Assert.Equal(new TopicPosition(epoch, said.Offset - 1), first!.Position);
        Assert.Equal(new TopicPosition(epoch, said.Offset), read!.Position);
        Assert.Equal(new TopicPosition(epoch, said.Offset + 1), second!.Position);
        Assert.Equal(second.Position, seeded.Position);
    }

    [Fact]
    public async Task A_seed_is_put_in_place_at_its_revision()
    {
        var live = await State.SeedAsync(_key, new(7, Bytes("stored")), default);

        Assert.Equal((7L, "stored"), (live.Revision, Text(live)));
        Assert.True(await WriteAsync(7, "next"));
        Assert.Equal(8, (await State.ReadAsync(_key, default))!.Revision);
    }

    [Theory]
    [InlineData(1, "live")]
    [InlineData(2, "live")]
    [InlineData(3, "stored")]
    public async Task A_seed_yields_to_what_is_live_unless_it_is_newer(long revision, string winner)
    {
        await WriteAsync(0, "before");
        await WriteAsync(1, "live");

        var live = await OtherState.SeedAsync(_key, new(revision, Bytes("stored")), default);

        Assert.Equal(winner, Text(live));
        Assert.Equal(winner, Text((await State.ReadAsync(_key, default))!));
    }

    [Fact]
    public async Task The_caller_may_reuse_its_buffer()
    {
        var buffer = Bytes("first");
        await State.TryWriteAsync(_key, 0, buffer, [], default);
        buffer.AsSpan().Clear();

        Assert.Equal("first", Text((await State.ReadAsync(_key, default))!));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(RevisionedDocument document) => Encoding.UTF8.GetString(document.Bytes.Span);

    private static NewEvent Event(int number) => new("kind", JsonSerializer.SerializeToElement(number));

    private async Task<bool> WriteAsync(long expected, string text) =>
        await State.TryWriteAsync(_key, expected, Bytes(text), [Event(0)], default) is not null;
}
