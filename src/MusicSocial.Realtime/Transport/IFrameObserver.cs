namespace MusicSocial.Realtime.Transport;

/// <summary>Hears what a client's frames mean to the connection beside their payload.</summary>
internal interface IFrameObserver
{
    /// <summary>A frame begins; throws <see cref="FrameViolationException"/> when the client sends too much.</summary>
    void OnFrame(long bytes);

    /// <summary>The client wants to know whether anybody is here.</summary>
    void OnPing(ReadOnlySpan<byte> payload);

    /// <summary>The client broke the protocol; nothing more is read.</summary>
    void OnViolation(CloseCode code);
}
