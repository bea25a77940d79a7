namespace MusicSocial.Client;

/// <summary>How the client stands with the hub from now on.</summary>
public sealed class ConnectionStateChangedEventArgs : EventArgs
{
    internal ConnectionStateChangedEventArgs(ConnectionState state) => State = state;

    /// <summary>The new state.</summary>
    public ConnectionState State { get; }
}
