using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>Holds what every listener was told since counting began against what was published.</summary>
internal static class Verdict
{
    /// <summary>Each broken promise in a sentence.</summary>
    public static IReadOnlyList<string> Of(Crowd crowd)
    {
        var found = crowd.Findings;
        List<string> violations = [.. found.Flaws];
        Add(violations, found.Duplicates, "frames began before what their listener knew already");
        Add(violations, found.Holes, "frames left a hole that was not announced");
        Add(violations, found.Ended, "connections were ended by the server");
        long unheard = 0, miscounted = 0;
        foreach (var seat in crowd.Topics.SelectMany(topic => topic.Seats).Where(seat => !seat.Listener.IsStalled))
        {
            var published = seat.Topic.Published - seat.Topic.PublishedBefore;
            unheard += Math.Max(0, published - seat.Total);
            if (seat.Last - seat.CountedFrom != seat.Total || seat.Total > published)
                miscounted++;
        }

        Add(violations, unheard, "events were published and never told of to a listener");
        Add(violations, miscounted, "listeners were told totals that do not add up");
        return violations;
    }

    private static void Add(List<string> violations, long count, string what)
    {
        if (count > 0)
            violations.Add($"{count} {what}");
    }
}
