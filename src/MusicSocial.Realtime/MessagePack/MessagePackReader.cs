using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>
/// Reads untrusted MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md). Lengths and counts are checked against the bytes
/// that are there before anything is made of them. Anything wrong is an <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>A hub message nests its arguments two levels deep; the arguments themselves may nest as deep as the wire's JSON.</summary>
    public const int DeepestNesting = 34;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly int Consumed => _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    /// <summary>The next value, or the head of the next array or map.</summary>
    public MessagePackToken Read()
    {
        var code = Take(1)[0];
        return code switch
        {
            <= 0x7f => Integer(code),
            <= 0x8f => Map((uint)(code & 0x0f)),
            <= 0x9f => Array((uint)(code & 0x0f)),
            <= 0xbf => String((uint)(code & 0x1f)),
            0xc0 => new(MessagePackKind.Nil),
            0xc2 => new(MessagePackKind.False),
            0xc3 => new(MessagePackKind.True),
            0xc4 => Binary(TakeUInt8()),
            0xc5 => Binary(TakeUInt16()),
            0xc6 => Binary(TakeUInt32()),
            0xc7 => Extension(TakeUInt8()),
            0xc8 => Extension(TakeUInt16()),
            0xc9 => Extension(TakeUInt32()),
            0xca => new(MessagePackKind.Single) { Number = BinaryPrimitives.ReadSingleBigEndian(Take(4)) },
            0xcb => new(MessagePackKind.Double) { Number = BinaryPrimitives.ReadDoubleBigEndian(Take(8)) },
            0xcc => Integer(TakeUInt8()),
            0xcd => Integer(TakeUInt16()),
            0xce => Integer(TakeUInt32()),
            0xcf => Large(BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
            0xd0 => Integer((sbyte)TakeUInt8()),
            0xd1 => Integer(BinaryPrimitives.ReadInt16BigEndian(Take(2))),
            0xd2 => Integer(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
            0xd3 => Integer(BinaryPrimitives.ReadInt64BigEndian(Take(8))),
            >= 0xd4 and <= 0xd8 => Extension(1u << (code - 0xd4)),
            0xd9 => String(TakeUInt8()),
            0xda => String(TakeUInt16()),
            0xdb => String(TakeUInt32()),
            0xdc => Array(TakeUInt16()),
            0xdd => Array(TakeUInt32()),
            0xde => Map(TakeUInt16()),
            0xdf => Map(TakeUInt32()),
            >= 0xe0 => Integer((sbyte)code),
            _ => throw new InvalidDataException("The byte 0xc1 means nothing in MessagePack."),
        };
    }

    public int ReadArrayHeader()
    {
        var token = Read();
        return token.Kind == MessagePackKind.Array ? token.Count : throw Expected("an array");
    }

    public int ReadMapHeader()
    {
        var token = Read();
        return token.Kind == MessagePackKind.Map ? token.Count : throw Expected("a map");
    }

    public long ReadInteger()
    {
        var token = Read();
        return token.Kind == MessagePackKind.Integer ? token.Integer : throw Expected("an integer");
    }

    public bool ReadBoolean() => Read().Kind switch
    {
        MessagePackKind.True => true,
        MessagePackKind.False => false,
        _ => throw Expected("a boolean"),
    };

    /// <summary>The contents of a string, checked to be UTF-8.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var token = Read();
        return token.Kind == MessagePackKind.String ? token.Bytes : throw Expected("a string");
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public string? ReadStringOrNil()
    {
        var token = Read();
        return token.Kind switch
        {
            MessagePackKind.Nil => null,
            MessagePackKind.String => Encoding.UTF8.GetString(token.Bytes),
            _ => throw Expected("a string or nil"),
        };
    }

    /// <summary>Passes over one whole value and returns its bytes.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        var start = _at;
        Skip(0);
        return _bytes[start.._at];
    }

    private void Skip(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new InvalidDataException("The message is nested too deeply.");
        }

        var token = Read();
        var children = token.Kind switch
        {
            MessagePackKind.Array => token.Count,
            MessagePackKind.Map => token.Count * 2,
            _ => 0,
        };
        for (var i = 0; i < children; i++)
        {
            Skip(depth + 1);
        }
    }

    private static MessagePackToken Integer(long value) => new(MessagePackKind.Integer) { Integer = value };

    private static MessagePackToken Large(ulong value) =>
        new(value <= long.MaxValue ? MessagePackKind.Integer : MessagePackKind.LargeInteger) { Integer = unchecked((long)value) };

    private MessagePackToken String(uint length)
    {
        var utf8 = Take(length);
        return Utf8.IsValid(utf8)
            ? new(MessagePackKind.String) { Bytes = utf8 }
            : throw new InvalidDataException("A string is not UTF-8.");
    }

    private MessagePackToken Binary(uint length) => new(MessagePackKind.Binary) { Bytes = Take(length) };

    private MessagePackToken Extension(uint length)
    {
        var type = (sbyte)TakeUInt8();
        return new(MessagePackKind.Extension) { Integer = type, Bytes = Take(length) };
    }

    // Every element takes at least one byte: a count beyond what is left is a lie.
    private readonly MessagePackToken Array(uint count) =>
        count <= _bytes.Length - _at ? new(MessagePackKind.Array) { Count = (int)count } : throw Truncated();

    private readonly MessagePackToken Map(uint count) =>
        count <= (_bytes.Length - _at) / 2 ? new(MessagePackKind.Map) { Count = (int)count } : throw Truncated();

    private byte TakeUInt8() => Take(1)[0];

    private ushort TakeUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private uint TakeUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _bytes.Length - _at)
        {
            throw Truncated();
        }

        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private static InvalidDataException Truncated() => new("The message ends in the middle of a value.");

    private static InvalidDataException Expected(string what) => new($"Expected {what}.");
}
