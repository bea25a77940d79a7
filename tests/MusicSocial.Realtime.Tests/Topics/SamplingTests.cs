using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Topics;

/// <summary>A topic too busy to be read shows a sample, and says so.</summary>
public sealed class SamplingTests : IAsyncLifetime
{
    private const int PerSecond = 10;
    private const int Burst = 5;

    private static readonly TimeSpan Tick = new RealtimeOptions().BusyInterval;

    private readonly TestNode _node = new(options => (options.ReadablePerSecond, options.ReadableBurst) = (PerSecond, Burst));

    public Task InitializeAsync()
    {
        _node.Kind.Voice = topicEvent => topicEvent.Type switch
        {
            "said" => new(),
            "said.by.host" => new(IsAlwaysShown: true),
            _ => null,
        };
        _node.Kind.Author = topicEvent => topicEvent.Type == "said" ? topicEvent.Data.GetProperty("by").GetString() : null;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task What_can_be_read_is_shown_whole()
    {
        var client = await FollowAsync("ann");

        await SayAsync(Burst);
        _node.Time.Advance(Tick);

        await Eventually.Holds(() => Covered(client) == Burst, "all covered");
        Assert.Equal(Burst, client.Offsets("test:song").Length);
        Assert.All(client.Frames("test:song"), frame => Assert.Equal(frame.Total, frame.Shown));
    }

    [Fact]
    public async Task What_is_too_much_is_sampled_and_counted_without_a_hole()
    {
        var client = await FollowAsync("ann");

        // 200 in a second and a half, while 15 can be read.
        for (var i = 0; i < 20; i++)
        {
            await SayAsync(10);
            _node.Time.Advance(TimeSpan.FromMilliseconds(75));
        }

        await Eventually.Holds(() => Covered(client) == 200, "all covered");
        var frames = client.Frames("test:song").ToArray();
        Assert.Equal(Enumerable.Range(0, frames.Length).Select(i => i == 0 ? 1 : frames[i - 1].To + 1), frames.Select(frame => frame.From));
        Assert.All(frames, frame => Assert.Equal((frame.Events.Count, (int)(frame.To - frame.From + 1)), (frame.Shown, frame.Total)));
        Assert.Empty(client.Gaps);
        Assert.InRange(client.Offsets("test:song").Length, 15, 15 + Burst + 1);
    }

    [Fact]
    public async Task Ones_own_and_the_hosts_are_always_shown_and_what_is_no_voice_too()
    {
        var ann = await FollowAsync("ann");
        var bob = await FollowAsync("bob");
        await SayAsync(50);
        await PublishAsync("said", new { by = "ann" });
        await PublishAsync("said.by.host", new { by = "host" });
        await PublishAsync("deleted", new { });
        await SayAsync(1);
        _node.Time.Advance(Tick);

        await Eventually.Holds(() => Covered(ann) == 54 && Covered(bob) == 54, "all covered");
        Assert.Equal([51L, 52, 53], ann.Offsets("test:song").Where(offset => offset > 50));
        Assert.Equal([52L, 53], bob.Offsets("test:song").Where(offset => offset > 50));
        Assert.Equal(ann.Offsets("test:song").Except([51]), bob.Offsets("test:song"));
    }

    [Fact]
    public async Task Everybody_sees_the_same_sample_however_late()
    {
        var quick = await FollowAsync("ann");
        var slow = await FollowAsync("bob", buffer: 1_024);
        await slow.StallAsync();
        for (var i = 0; i < 40; i++)
        {
            await SayAsync(5);
            _node.Time.Advance(Tick);
            var covered = 5 * (i + 1);
            await Eventually.Holds(() => Covered(quick) == covered, "the quick one goes on");
        }

        slow.ReadOn();

        await Eventually.Holds(() => Covered(slow) == 200, "caught up");
        Assert.Equal(quick.Offsets("test:song"), slow.Offsets("test:song"));
        Assert.True(slow.Frames("test:song").Count() < quick.Frames("test:song").Count(), "Frames were queued, not merged.");
    }

    [Fact]
    public void The_sample_depends_on_nothing_but_the_events()
    {
        var random = new Random(1);
        var stamps = Enumerable.Range(0, 1_000).Select(_ => random.NextDouble() * 10_000).Order().ToArray();

        Assert.Equal(Sample(stamps), Sample(stamps));
        // From another starting point it is the same again once the bucket has emptied.
        var late = Sample([.. stamps.Where(atMs => atMs > 2_000)]);
        Assert.Equal(Sample(stamps).Where(atMs => atMs > 4_000), late.Where(atMs => atMs > 4_000));
    }

    private static List<double> Sample(double[] stamps)
    {
        var sampler = new EventSampler(perSecond: 200, burst: 5);
        return [.. stamps.Where((atMs, i) => sampler.Shows(new TopicEvent(i + 1, "said", atMs, default), new()))];
    }

    private async Task<TestClient> FollowAsync(string userId, int buffer = 65_536)
    {
        var client = await _node.ConnectAsync(buffer);
        await client.CallAsync<FollowAnswer>("FollowAs", "test:song", userId);
        return client;
    }

    private async Task SayAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await PublishAsync("said", new { by = "ben", text = new string('x', 50) });
    }

    private Task PublishAsync<T>(string type, T data) => _node.Publisher.PublishAsync("test:song", type, data, null, default).AsTask();

    private static int Covered(TestClient client) => client.Frames("test:song").Sum(frame => frame.Total);
}
