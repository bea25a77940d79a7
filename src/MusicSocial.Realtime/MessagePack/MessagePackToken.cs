namespace MusicSocial.Realtime.MessagePack;

/// <summary>The kinds of MessagePack values.</summary>
internal enum MessagePackKind
{
    Nil,
    False,
    True,
    Integer,

    /// <summary>An unsigned integer above <see cref="long.MaxValue"/>.</summary>
    LargeInteger,
    Single,
    Double,
    String,
    Binary,
    Array,
    Map,
    Extension,
}

/// <summary>One value, or the head of an array or map whose elements follow.</summary>
internal readonly ref struct MessagePackToken(MessagePackKind kind)
{
    public MessagePackKind Kind { get; } = kind;

    /// <summary>The value of an integer (a large one reinterpreted); the type of an extension.</summary>
    public long Integer { get; init; }

    public double Number { get; init; }

    /// <summary>Elements of an array, pairs of a map.</summary>
    public int Count { get; init; }

    /// <summary>Contents of a string, binary or extension.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }
}
