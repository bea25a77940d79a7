using System.Collections.Immutable;

namespace MusicSocial.Sync;

/// <summary>
/// One song each in turn. The n-th song of every person comes in round n, and within a round people come in the order of their first; what plays now is its
/// person's song of the first round. Each person's own order stays.
/// </summary>
public static class FairQueue
{
    /// <summary>The queue with everything that comes next in turn.</summary>
    public static PlayQueue InTurn(PlayQueue queue)
    {
        var turns = Turns(queue);
        return queue with { Upcoming = [.. queue.Upcoming.Zip(turns).OrderBy(placed => placed.Second).Select(placed => placed.First)] };
    }

    /// <summary>Where among the upcoming the next song of a person goes; other songs, also those that were moved, stay as they are.</summary>
    public static int PlaceFor(PlayQueue queue, string addedBy)
    {
        var extended = queue with { Upcoming = queue.Upcoming.Add(new("", "", TimeSpan.Zero, addedBy)) };
        var turns = Turns(extended);
        var own = turns[^1];
        for (var index = turns.Length - 2; index >= 0; index--)
        {
            if (turns[index].CompareTo(own) <= 0)
            {
                return index + 1;
            }
        }

        return 0;
    }

    // The round of each upcoming item, and its person's place within a round.
    private static ImmutableArray<(int Round, int Place)> Turns(PlayQueue queue)
    {
        var people = new Dictionary<string, (int Songs, int Place)>();
        if (queue.Current is { } current)
        {
            people[current.AddedBy] = (1, 0);
        }

        var turns = ImmutableArray.CreateBuilder<(int, int)>(queue.Upcoming.Length);
        foreach (var item in queue.Upcoming)
        {
            var (songs, place) = people.TryGetValue(item.AddedBy, out var known) ? known : (0, people.Count);
            turns.Add((songs, place));
            people[item.AddedBy] = (songs + 1, place);
        }

        return turns.MoveToImmutable();
    }
}
