namespace MusicSocial.Client.Connection;

/// <summary>Hears what nodes say unasked. Calls come from the connection's reading loop: do not wait in them.</summary>
internal interface IHubListener
{
    /// <summary>A new connection stands; nothing is followed on it yet.</summary>
    void OnOpened(HubSocket socket);

    void OnFrame(HubSocket socket, Frame frame);

    void OnGap(HubSocket socket, Gap gap);

    void OnSignals(SignalBatch batch);
}
