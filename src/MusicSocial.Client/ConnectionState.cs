namespace MusicSocial.Client;

/// <summary>How the client stands with the hub.</summary>
public enum ConnectionState
{
    /// <summary>Not opened yet, closed, or turned away for good (the session is not valid any more).</summary>
    Closed,

    /// <summary>Looking for a node that answers.</summary>
    Connecting,

    /// <summary>A node answers; topics are being followed, or are about to be again.</summary>
    Connected,

    /// <summary>The node is about to stop and asked to come back in a moment.</summary>
    Draining,
}

/// <summary>How the client stands with the hub from now on.</summary>
public sealed class ConnectionStateChangedEventArgs : EventArgs
{
    internal ConnectionStateChangedEventArgs(ConnectionState state) => State = state;

    /// <summary>The new state.</summary>
    public ConnectionState State { get; }
}
