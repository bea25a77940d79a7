namespace MusicSocial.Realtime.Transport;

/// <summary>Why a WebSocket ends (RFC 6455, 7.4).</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    ProtocolError = 1002,
    NotUtf8 = 1007,
    TooMuch = 1008,
    ServerFailed = 1011,
}
