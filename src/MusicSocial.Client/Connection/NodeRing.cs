namespace MusicSocial.Client.Connection;

/// <summary>The nodes in the order one client tries them: its own, so that a crowd spreads over them.</summary>
internal sealed class NodeRing
{
    private readonly Uri[] _nodes;
    private int _at;

    public NodeRing(IEnumerable<Uri> nodes, Random random)
    {
        _nodes = [.. nodes];
        random.Shuffle(_nodes);
    }

    public int Count => _nodes.Length;

    public Uri Current => _nodes[Volatile.Read(ref _at) % _nodes.Length];

    public void Advance() => Interlocked.Increment(ref _at);

    /// <summary>Passes over a node, unless somebody else did already.</summary>
    public void Leave(Uri node)
    {
        if (Current == node)
            Advance();
    }
}
