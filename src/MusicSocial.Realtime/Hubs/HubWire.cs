namespace MusicSocial.Realtime.Hubs;

/// <summary>Types of the events between the nodes of one hub.</summary>
internal static class HubEvents
{
    /// <summary>To an audience: <see cref="HubPush"/>.</summary>
    public const string Push = "push";

    /// <summary>To all nodes: a message for some connections.</summary>
    public const string Send = "send";

    /// <summary>To all nodes: a connection joins a group. Answered <see cref="Taken"/>.</summary>
    public const string Join = "join";

    /// <summary>To all nodes: a connection leaves a group. Answered <see cref="Taken"/>.</summary>
    public const string Leave = "leave";

    /// <summary>To all nodes: a client is asked for a result. Answered <see cref="Taken"/>, then <see cref="Done"/> or <see cref="Gone"/>.</summary>
    public const string Invoke = "invoke";

    /// <summary>To all nodes: is the client still asked? Answered <see cref="Taken"/> if it is.</summary>
    public const string Still = "still";

    /// <summary>To all nodes: nobody waits for the client's result any more.</summary>
    public const string Cancel = "cancel";

    /// <summary>To the asking node: this node has the connection, and did or does what was asked.</summary>
    public const string Taken = "taken";

    /// <summary>To the asking node: the client's completion.</summary>
    public const string Done = "done";

    /// <summary>To the asking node: the client went away before it answered.</summary>
    public const string Gone = "gone";
}

/// <summary>A hub message for everybody in an audience.</summary>
/// <param name="Id">Tells it from every other.</param>
/// <param name="Messages">The message as bytes of every protocol the hub speaks, by the protocol's name.</param>
/// <param name="Except">Connections left out.</param>
internal sealed record HubPush(string Id, IReadOnlyDictionary<string, byte[]> Messages, IReadOnlyList<string> Except);

/// <summary>What one node asks of whichever node has the connections.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Id">Names the request in answers, and the invocation to the client.</param>
/// <param name="Connections">Whom it is about.</param>
/// <param name="Group">The group to join or leave.</param>
/// <param name="Messages">The message to write, as in <see cref="HubPush"/>.</param>
internal sealed record NodeRequest(
    string Node, string Id, IReadOnlyList<string> Connections, string? Group = null, IReadOnlyDictionary<string, byte[]>? Messages = null);

/// <summary>An answer to a <see cref="NodeRequest"/>.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Protocol">The client's protocol.</param>
/// <param name="Completion">The client's whole completion message in that protocol.</param>
internal sealed record NodeAnswer(string Id, string? Protocol = null, byte[]? Completion = null);
