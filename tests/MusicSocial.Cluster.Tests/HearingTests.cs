using System.Globalization;
using System.Text;
using MusicSocial.Load.Fanout;
using MusicSocial.Load.Generator;

namespace MusicSocial.Cluster.Tests;

/// <summary>The load tool finds what is wrong with frames, and nothing where nothing is.</summary>
public sealed class HearingTests : IDisposable
{
    private readonly Crowd _crowd = new();
    private readonly Listener _listener = new(0, port: 0);
    private readonly Hearing _hearing;

    public HearingTests()
    {
        _crowd.Add(_listener, "note:a");
        _hearing = new(_crowd.Topics.ToDictionary(topic => topic.Name), _crowd.Findings);
        Topic.Epoch = "e";
        Topic.Seats[0].Last = 0;
        _crowd.BeginCounting();
    }

    private HeardTopic Topic => _crowd.Topics.Single();

    [Fact]
    public void Whole_and_sampled_frames_in_order_are_right()
    {
        Topic.Published = 10;
        Hear(Frame(1, 2, (1, 1), (2, 2)));
        Hear(Frame(3, 10, (5, 4)));

        Assert.Empty(Verdict.Of(_crowd));
        Assert.Equal(3, _crowd.Findings.Deliveries);
        Assert.Equal((10, 3), (Topic.Seats[0].Total, Topic.Seats[0].Shown));
    }

    [Fact]
    public void The_same_frame_twice_is_found()
    {
        Topic.Published = 1;
        Hear(Frame(1, 1, (1, 1)));
        Hear(Frame(1, 1, (1, 1)));

        Assert.Equal(1, _crowd.Findings.Duplicates);
        Assert.NotEmpty(Verdict.Of(_crowd));
    }

    [Fact]
    public void A_hole_is_found()
    {
        Topic.Published = 2;
        Hear(Frame(2, 2, (2, 2)));

        Assert.Equal(1, _crowd.Findings.Holes);
    }

    [Fact]
    public void An_event_no_listener_received_is_found()
    {
        Topic.Published = 2;
        Hear(Frame(1, 1, (1, 1)));

        Assert.Contains("1 events were published and never told of to a listener", Verdict.Of(_crowd));
    }

    [Fact]
    public void Events_out_of_order_within_a_frame_are_found()
    {
        Hear(Frame(1, 2, (2, 2), (1, 1)));

        Assert.Single(_crowd.Findings.Flaws);
    }

    [Fact]
    public void A_frame_that_holds_fewer_than_it_says_is_found()
    {
        Hear(Frame(1, 2, (1, 1)).Replace("\"shown\":1", "\"shown\":2", StringComparison.Ordinal));

        Assert.Single(_crowd.Findings.Flaws);
    }

    [Fact]
    public void One_event_under_two_offsets_is_found()
    {
        Hear(Frame(1, 1, (1, 7)));
        Hear(Frame(2, 2, (2, 7)));

        Assert.Contains("under two offsets", Assert.Single(_crowd.Findings.Flaws), StringComparison.Ordinal);
    }

    public void Dispose() => _crowd.Dispose();

    private void Hear(string message) => _hearing.OnMessage(_listener, Encoding.UTF8.GetBytes(message));

    private static string Frame(long from, long to, params (long Offset, long Number)[] events)
    {
        var bodies = events.Select(one => string.Create(
            CultureInfo.InvariantCulture, $$$"""{"offset":{{{one.Offset}}},"type":"note","atMs":1.5,"data":{"text":"1 {{{one.Number}}} x"}}"""));
        return $$"""{"type":1,"target":"Frame","arguments":[{"topic":"note:a","epoch":"e","from":{{from}},"to":{{to}},"shown":{{events.Length}},"total":{{to - from + 1}},"events":[{{string.Join(',', bodies)}}]}]}""";
    }
}
