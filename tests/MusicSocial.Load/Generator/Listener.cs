using System.Runtime.InteropServices;

namespace MusicSocial.Load.Generator;

/// <summary>One connection of the crowd: its socket, and what has arrived of messages that are not all there yet.</summary>
internal sealed class Listener(int tag, int port)
{
    private const byte EndOfMessage = 0x1e;

    private byte[] _rest = [];
    private int _restLength;
    private byte[] _message = [];
    private int _messageLength;

    public int Tag { get; } = tag;

    /// <summary>Where its server listens.</summary>
    public int Port { get; } = port;

    public int Fd { get; private set; } = -1;

    public ListenerStage Stage { get; set; } = ListenerStage.Away;

    public List<Seat> Seats { get; } = [];

    /// <summary>Does not read while it is set.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Whether it takes its turn at publishing.</summary>
    public bool Speaks { get; init; } = true;

    /// <summary>Whether its delays count.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>The socket's receive buffer in bytes; 0 is the system's choice.</summary>
    public int ReceiveBuffer { get; init; }

    public void Dial()
    {
        (_restLength, _messageLength) = (0, 0);
        Fd = Libc.Connect(Port, ReceiveBuffer);
        Stage = ListenerStage.Connecting;
    }

    public void HangUp()
    {
        if (Fd >= 0)
            Libc.CloseHard(Fd);
        (Fd, Stage) = (-1, ListenerStage.Away);
    }

    /// <summary>Sends a hub message; what does not fit the socket at once is an error of the measurement.</summary>
    public void Say(ReadOnlySpan<byte> hubMessage) => SayFrame(WebSocketBytes.Text, hubMessage);

    public void SayFrame(byte opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = stackalloc byte[2_048];
        SayRaw(bytes[..WebSocketBytes.Write(opcode, payload, bytes)]);
    }

    public void SayRaw(ReadOnlySpan<byte> bytes)
    {
        var sent = Libc.Send(Fd, bytes);
        if (sent != bytes.Length)
            throw new IOException($"Only {sent} of {bytes.Length} bytes could be sent: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Receives once and gives whole hub messages to the ear, each without its end mark. False when the connection has ended.</summary>
    public bool Receive(byte[] shared, IEar ear)
    {
        // What is left of the last message is completed in place; only the rest of a message is ever copied.
        var buffer = _restLength > 0 ? _rest : shared;
        var received = Libc.Receive(Fd, buffer.AsSpan(_restLength));
        if (received < 0 && Marshal.GetLastPInvokeError() == Libc.TryAgain)
            return true;
        if (received <= 0)
            return false;
        var bytes = buffer.AsSpan(0, _restLength + received);
        var taken = Take(bytes, ear, out var needed);
        if (taken < 0)
            return false;
        Keep(bytes[taken..], needed);
        return true;
    }

    private int Take(ReadOnlySpan<byte> bytes, IEar ear, out int needed)
    {
        needed = 0;
        var taken = 0;
        if (Stage == ListenerStage.Upgrading)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return 0;
            ear.OnUpgraded(this, bytes[..end]);
            taken = end + 4;
        }

        while (WebSocketBytes.TryReadHeader(bytes[taken..], out var opcode, out var header, out var payload))
        {
            needed = header + payload;
            if (bytes.Length - taken < needed)
                return taken;
            if (!TakeFrame(opcode, bytes.Slice(taken + header, payload), ear))
                return -1;
            taken += needed;
            needed = 0;
        }

        return taken;
    }

    private bool TakeFrame(byte opcode, ReadOnlySpan<byte> payload, IEar ear)
    {
        if (opcode == WebSocketBytes.Ping)
            SayFrame(WebSocketBytes.Pong, payload);
        if (opcode is not (WebSocketBytes.Text or WebSocketBytes.Continuation))
            return opcode != WebSocketBytes.Close;
        int end;
        while ((end = payload.IndexOf(EndOfMessage)) >= 0)
        {
            ear.OnMessage(this, _messageLength == 0 ? payload[..end] : Completed(payload[..end]));
            payload = payload[(end + 1)..];
        }

        if (payload.Length > 0)
            Begin(payload);
        return true;
    }

    private void Begin(ReadOnlySpan<byte> part)
    {
        if (_message.Length < _messageLength + part.Length)
            Array.Resize(ref _message, Math.Max(1_024, 2 * (_messageLength + part.Length)));
        part.CopyTo(_message.AsSpan(_messageLength));
        _messageLength += part.Length;
    }

    private ReadOnlySpan<byte> Completed(ReadOnlySpan<byte> part)
    {
        Begin(part);
        var whole = _message.AsSpan(0, _messageLength);
        _messageLength = 0;
        return whole;
    }

    private void Keep(ReadOnlySpan<byte> rest, int needed)
    {
        if (rest.Length > 0 && _rest.Length < Math.Max(needed, rest.Length + 16))
        {
            var larger = new byte[Math.Max(needed, 2 * rest.Length) + 1_024];
            rest.CopyTo(larger);
            _rest = larger;
        }
        else
        {
            rest.CopyTo(_rest);
        }

        _restLength = rest.Length;
    }
}

/// <summary>How far a listener has got.</summary>
internal enum ListenerStage
{
    Away,
    Connecting,
    Upgrading,
    ShakingHands,
    Following,
    Live,
}
