using System.Runtime.InteropServices;

namespace MusicSocial.Load.Generator;

/// <summary>The few calls a crowd of sockets on one thread needs. Linux on x64: the layout of <see cref="Readiness"/> is that of its kernel.</summary>
internal static unsafe partial class Libc
{
    public const int TryAgain = 11;
    public const int InProgress = 115;

    private const int Internet = 2;
    private const int NonBlockingStream = 1 | 0x800 | 0x80000;
    private const int SocketLevel = 1;
    private const int ReceiveBuffer = 8;
    private const int ErrorOption = 4;
    private const int Linger = 13;
    private const int Tcp = 6;
    private const int NoDelay = 1;
    private const int NoSignal = 0x4000;

    /// <summary>What epoll tells of one descriptor.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct Readiness
    {
        public uint Events;
        public int Tag;
        public int Unused;
    }

    /// <summary>Begins to connect to a port of this machine; the socket does not block. A receive buffer of 0 is the system's own choice.</summary>
    public static int Connect(int port, int receiveBuffer)
    {
        var fd = Checked(Socket(Internet, NonBlockingStream, 0));
        var yes = 1;
        Checked(SetSocketOption(fd, Tcp, NoDelay, &yes, sizeof(int)));
        if (receiveBuffer > 0)
            Checked(SetSocketOption(fd, SocketLevel, ReceiveBuffer, &receiveBuffer, sizeof(int)));
        // sockaddr_in: family in host order, port and address in network order.
        Span<byte> address = [Internet, 0, (byte)(port >> 8), (byte)port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        fixed (byte* at = address)
        {
            if (Connect(fd, at, address.Length) != 0 && Marshal.GetLastPInvokeError() != InProgress)
                throw new IOException($"connect: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return fd;
    }

    /// <summary>Why a connect that has ended failed; 0 when it did not.</summary>
    public static int ErrorOf(int fd)
    {
        int error = 0, size = sizeof(int);
        Checked(GetSocketOption(fd, SocketLevel, ErrorOption, &error, &size));
        return error;
    }

    public static int Send(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
            return (int)Send(fd, at, bytes.Length, NoSignal);
    }

    public static int Receive(int fd, Span<byte> into)
    {
        fixed (byte* at = into)
            return (int)Receive(fd, at, into.Length, 0);
    }

    /// <summary>Closes without lingering in TIME_WAIT, as a crowd that comes and goes would run out of ports.</summary>
    public static void CloseHard(int fd)
    {
        var reset = stackalloc int[] { 1, 0 };
        _ = SetSocketOption(fd, SocketLevel, Linger, reset, 2 * sizeof(int));
        _ = Close(fd);
    }

    public static int Checked(int result) =>
        result >= 0 ? result : throw new IOException($"The system refused: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, Readiness* readiness);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, Readiness* ready, int most, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int fd, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetSocketOption(int fd, int level, int name, int* value, int size);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int fd, int level, int name, int* value, int* size);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int fd, byte* bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int fd, byte* bytes, nint length, int flags);
}
