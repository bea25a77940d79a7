using System.Text.Json;

namespace MusicSocial.Client.Topics;

/// <summary>
/// Where a follower stands in a topic, and the rules by which it moves on: in order, nothing twice, no hole that is not announced, never
/// across epochs.
/// </summary>
internal sealed class TopicCursor
{
    public TopicPosition? Position { get; private set; }

    /// <summary>What an answer to Follow adds; null when it does not fit where the follower stands, so that a snapshot is needed.</summary>
    public IReadOnlyList<TopicUpdate>? Take(FollowAnswer answer)
    {
        if (!answer.Recovered)
        {
            Position = answer.Position;
            return [new TopicStarted(answer.Position, answer.Snapshot as JsonElement? ?? NothingThere)];
        }

        if (Position is not { } since || answer.Position.Epoch != since.Epoch || !Continues(answer, since.Offset))
        {
            Position = null;
            return null;
        }

        Position = answer.Position;
        return [.. answer.Events.Where(happened => happened.Offset > since.Offset).Select(Happened)];
    }

    /// <summary>What a frame adds; null when it does not join on, so that the follower has to ask.</summary>
    public IReadOnlyList<TopicUpdate>? Take(Frame frame)
    {
        if (Position is not { } since || frame.Epoch != since.Epoch || frame.From > since.Offset + 1)
            return null;
        if (frame.To <= since.Offset)
            return [];
        // Almost always everything in a frame is new; a hot topic brings hundreds of events a second.
        var known = 0;
        while (known < frame.Events.Count && frame.Events[known].Offset <= since.Offset)
            known++;
        var fresh = frame.Events.Count - known;
        var covered = (int)(frame.To - Math.Max(frame.From - 1, since.Offset));
        if (frame.Shown == frame.Total && fresh != covered)
            return null;
        Position = since with { Offset = frame.To };
        var updates = new TopicUpdate[fresh < covered ? fresh + 1 : fresh];
        for (var i = 0; i < fresh; i++)
            updates[i] = Happened(frame.Events[known + i]);
        if (fresh < covered)
            updates[fresh] = new TopicSampled(Position, fresh, covered);
        return updates;
    }

    private static JsonElement NothingThere { get; } = JsonSerializer.SerializeToElement<object?>(null);

    private TopicHappened Happened(TopicEvent happened) => new(Position! with { Offset = happened.Offset }, happened);

    // The events are exactly those from the offset to the answer's position.
    private static bool Continues(FollowAnswer answer, long offset)
    {
        foreach (var happened in answer.Events)
        {
            if (happened.Offset > offset + 1)
                return false;
            offset = Math.Max(offset, happened.Offset);
        }

        return offset == answer.Position.Offset;
    }
}
