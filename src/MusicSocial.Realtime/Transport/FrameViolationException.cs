namespace MusicSocial.Realtime.Transport;

/// <summary>The client sent what no client may; its connection ends with <paramref name="code"/>.</summary>
internal sealed class FrameViolationException(CloseCode code) : Exception($"The client broke the WebSocket protocol: {code}.")
{
    public CloseCode Code { get; } = code;
}
