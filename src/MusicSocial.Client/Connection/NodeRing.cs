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

    /// <summary>Moves on from a node, unless another caller did already.</summary>
    public void Leave(Uri node)
    {
        if (Current == node)
            Advance();
    }
}

/// <summary>Waits that double up to a bound, each spread over its second half so that a crowd does not return at once.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _waits;

    public TimeSpan Next()
    {
        var ceiling = first * Math.Pow(2, _waits);
        if (ceiling >= longest)
            ceiling = longest;
        else
            _waits++;
        return (ceiling / 2) + (ceiling / 2 * random.NextDouble());
    }

    public void Reset() => _waits = 0;
}
