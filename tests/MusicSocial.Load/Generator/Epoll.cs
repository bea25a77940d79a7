namespace MusicSocial.Load.Generator;

/// <summary>Which of many sockets have something to say, by tag.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const uint Readable = 1;
    private const uint Writable = 4;

    // Few at a time: whoever publishes on the same thread must not wait long for its turn.
    private readonly Libc.Readiness[] _ready = new Libc.Readiness[64];
    private readonly int _fd = Libc.Checked(Libc.EpollCreate(0));

    public void Watch(int fd, int tag, bool untilConnected) => Control(1, fd, tag, untilConnected ? Writable : Readable);

    public void WatchReading(int fd, int tag) => Control(3, fd, tag, Readable);

    /// <summary>No longer tells of the socket.</summary>
    public void Forget(int fd) => Control(2, fd, 0, 0);

    /// <summary>Tags of sockets that are ready; waits at most <paramref name="timeoutMs"/>.</summary>
    public int Wait(Span<int> tags, int timeoutMs)
    {
        int count;
        fixed (Libc.Readiness* ready = _ready)
            count = Math.Max(0, Libc.EpollWait(_fd, ready, Math.Min(_ready.Length, tags.Length), timeoutMs));
        for (var i = 0; i < count; i++)
            tags[i] = _ready[i].Tag;
        return count;
    }

    public void Dispose() => _ = Libc.Close(_fd);

    private void Control(int operation, int fd, int tag, uint events)
    {
        var readiness = new Libc.Readiness { Events = events, Tag = tag };
        Libc.Checked(Libc.EpollControl(_fd, operation, fd, &readiness));
    }
}
