namespace MusicSocial.Load.Generator;

/// <summary>One listener following one topic: where it stands, and what it was shown on the way.</summary>
internal sealed class Seat(Listener listener, HeardTopic topic)
{
    public Listener Listener { get; } = listener;

    public HeardTopic Topic { get; } = topic;

    /// <summary>Offset of the last event it knows of; -1 before the first answer.</summary>
    public long Last { get; set; } = -1;

    /// <summary>Where it stood when counting began.</summary>
    public long CountedFrom { get; private set; }

    /// <summary>Events covered by frames and answers since then.</summary>
    public long Total { get; set; }

    /// <summary>Events that were really in them.</summary>
    public long Shown { get; set; }

    public bool IsAnswered { get; set; }

    public void Count() => (CountedFrom, Total, Shown) = (Last, 0, 0);
}
