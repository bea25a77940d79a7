using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Topics;

public sealed class EventRingTests
{
    [Fact]
    public void It_keeps_the_newest_events_that_fit_both_bounds()
    {
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(1, 40))), sizes =>
        {
            var ring = new EventRing(capacity: 7, byteCapacity: 100);
            ring.Reset("epoch", 3);
            List<TopicEvent> model = [];
            foreach (var size in sizes)
            {
                var added = Event(ring.Last + 1, size);
                ring.Add(added);
                model.Add(added);
                while (model.Count > 7 || (model.Count > 1 && model.Sum(SizeOf) > 100))
                {
                    model.RemoveAt(0);
                }

                Assert.Equal(model, ring.Slice(ring.Before, ring.Last));
                Assert.Equal(model.Count, ring.Last - ring.Before);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_continues_only_from_places_it_knows()
    {
        var ring = new EventRing(2, 1_000);
        ring.Reset("epoch", 5);
        Assert.True(ring.CanContinueFrom(new("epoch", 5)));
        for (var offset = 6; offset <= 8; offset++)
        {
            ring.Add(Event(offset, 1));
        }

        Assert.Equal([false, true, true, true, false], Enumerable.Range(5, 5).Select(offset => ring.CanContinueFrom(new("epoch", offset))));
        Assert.False(ring.CanContinueFrom(new("other", 7)));
    }

    [Fact]
    public void It_takes_no_event_out_of_turn()
    {
        var ring = new EventRing(2, 1_000);
        ring.Reset("epoch", 5);

        Assert.Throws<ArgumentException>(() => ring.Add(Event(7, 1)));
        Assert.Throws<ArgumentException>(() => ring.Add(Event(5, 1)));
    }

    private static int SizeOf(TopicEvent one) => one.Type.Length + one.Data.GetRawText().Length;

    private static TopicEvent Event(long offset, int size) =>
        new(offset, "", 0, JsonSerializer.SerializeToElement(new string('x', size)));
}
