
namespace MusicSocial.Protocol;

/// <summary>Every refusal of the topic engine.</summary>
public static class TopicRefusals
{
    /// <summary>The part before the colon names no kind of topic.</summary>
    public static Refusal Unknown { get; } = new("topic.unknown", "There is no such kind of topic.");

    /// <summary>The name is not <c>prefix:key</c>.</summary>
    public static Refusal Invalid { get; } = new("topic.invalid", "That is not a topic name.");

    /// <summary>The connection follows as many topics as it may.</summary>
    public static Refusal TooMany { get; } = new("topic.too_many", "This connection follows too many topics already.");

    /// <summary>The connection that asked is not connected to this node (any more).</summary>
    public static Refusal Disconnected { get; } = new("topic.disconnected", "The connection is closed.");

    /// <summary>The payload of an event or signal exceeds the limit.</summary>
    public static Refusal TooLarge { get; } = new("topic.too_large", "That is too large to be sent live.");

    /// <summary>What the hub shares between its nodes cannot be reached now: nothing was changed, and trying again helps.</summary>
    public static Refusal Unavailable { get; } = new("hub.unavailable", "The hub cannot do that for the moment; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
