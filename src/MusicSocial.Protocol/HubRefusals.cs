
namespace MusicSocial.Protocol;

/// <summary>Refusals that any part of the hub may give.</summary>
public static class HubRefusals
{
    /// <summary>The call needs a signed-in user.</summary>
    public static Refusal SignInRequired { get; } = new("auth.required", RefusalKind.Unauthenticated, "Sign in first; a guest account is one call away.");

    /// <summary>The other nodes or the database cannot be reached now. Nothing was changed, as far as the node knows.</summary>
    public static Refusal Unavailable { get; } = new("hub.unavailable", RefusalKind.Unavailable, "The hub cannot do that for the moment; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}

/// <summary>Every refusal of the topic engine.</summary>
public static class TopicRefusals
{
    /// <summary>The part before the colon names no kind of topic.</summary>
    public static Refusal Unknown { get; } = new("topic.unknown", RefusalKind.NotFound, "There is no such kind of topic.");

    /// <summary>The name is not <c>prefix:key</c>.</summary>
    public static Refusal Invalid { get; } = new("topic.invalid", RefusalKind.Invalid, "That is not a topic name.");

    /// <summary>The connection follows as many topics as it may.</summary>
    public static Refusal TooMany { get; } = new("topic.too_many", RefusalKind.Invalid, "This connection follows too many topics already.");

    /// <summary>The calling connection is not connected to this node (any more).</summary>
    public static Refusal Disconnected { get; } = new("topic.disconnected", RefusalKind.Invalid, "The connection is closed.");

    /// <summary>The payload of an event or signal exceeds the limit.</summary>
    public static Refusal TooLarge { get; } = new("topic.too_large", RefusalKind.Invalid, "That is too large to be sent live.");
}
