namespace MusicSocial.Load.Generator;

/// <summary>Hears what comes over the connections of a crowd.</summary>
internal interface IEar
{
    /// <summary>The answer to the WebSocket upgrade is there.</summary>
    void OnUpgraded(Listener listener, ReadOnlySpan<byte> answer);

    /// <summary>A whole hub message is there, without its end mark.</summary>
    void OnMessage(Listener listener, ReadOnlySpan<byte> message);
}
