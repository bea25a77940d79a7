namespace MusicSocial.Realtime.Hubs;

/// <summary>
/// The topics one hub's plain messages travel on. With two colons and more they are no name a client can follow
/// (<see cref="TopicName"/>), so they meet no feature's topics.
/// </summary>
/// <param name="hub">The hub's type, in full: hubs of one name in two namespaces are two hubs.</param>
internal sealed class HubTopicNames(Type hub)
{
    private readonly string _prefix = $"hub:{Uri.EscapeDataString(hub.FullName ?? hub.Name)}";

    /// <summary>Messages to everybody.</summary>
    public string All => $"{_prefix}:all";

    /// <summary>Requests about connections, which every node hears and the one that has the connection heeds.</summary>
    public string Nodes => $"{_prefix}:nodes";

    /// <summary>Messages to a SignalR group.</summary>
    public string Group(string name) => $"{_prefix}:group:{Uri.EscapeDataString(name)}";

    /// <summary>Messages to a user's connections.</summary>
    public string User(string userId) => $"{_prefix}:user:{Uri.EscapeDataString(userId)}";

    /// <summary>Answers to the requests of one node.</summary>
    public string Node(string nodeId) => $"{_prefix}:node:{nodeId}";
}
