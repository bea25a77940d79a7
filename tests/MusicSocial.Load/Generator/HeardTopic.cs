namespace MusicSocial.Load.Generator;

/// <summary>A topic as the whole crowd knows it.</summary>
internal sealed class HeardTopic(string name)
{
    private readonly Dictionary<long, long> _offsets = [];

    public string Name { get; } = name;

    public string Epoch { get; set; } = "";

    /// <summary>Newest offset anybody heard of.</summary>
    public long Head { get; set; }

    public List<Seat> Seats { get; } = [];

    /// <summary>Numbers the events published to it.</summary>
    public long Published { get; set; }

    /// <summary>How many had been published when counting began.</summary>
    public long PublishedBefore { get; private set; }

    /// <summary>Counts from here.</summary>
    public void Count()
    {
        PublishedBefore = Published;
        Seats.ForEach(seat => seat.Count());
    }

    /// <summary>Whether that published event stands under this offset and no other.</summary>
    public bool Agrees(long number, long offset) => _offsets.TryAdd(number, offset) || _offsets[number] == offset;
}
