using System.Buffers.Binary;
using System.Text;

namespace MusicSocial.Realtime.MessagePack;

/// <summary>Writes MessagePack in its shortest forms. Containers whose size is not known yet are opened and closed.</summary>
internal readonly struct MessagePackWriter(PooledBuffer buffer)
{
    public void WriteNil() => Write(0xc0);

    public void WriteBoolean(bool value) => Write(value ? (byte)0xc3 : (byte)0xc2);

    public void WriteInteger(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteInteger((ulong)value);
                break;
            case >= -32:
                Write(unchecked((byte)value));
                break;
            case >= sbyte.MinValue:
                Write(0xd0);
                Write(unchecked((byte)value));
                break;
            case >= short.MinValue:
                Write(0xd1);
                BinaryPrimitives.WriteInt16BigEndian(buffer.Append(2), (short)value);
                break;
            case >= int.MinValue:
                Write(0xd2);
                BinaryPrimitives.WriteInt32BigEndian(buffer.Append(4), (int)value);
                break;
            default:
                Write(0xd3);
                BinaryPrimitives.WriteInt64BigEndian(buffer.Append(8), value);
                break;
        }
    }

    public void WriteInteger(ulong value)
    {
        switch (value)
        {
            case <= 0x7f:
                Write((byte)value);
                break;
            case <= byte.MaxValue:
                Write(0xcc);
                Write((byte)value);
                break;
            case <= ushort.MaxValue:
                Write(0xcd);
                BinaryPrimitives.WriteUInt16BigEndian(buffer.Append(2), (ushort)value);
                break;
            case <= uint.MaxValue:
                Write(0xce);
                BinaryPrimitives.WriteUInt32BigEndian(buffer.Append(4), (uint)value);
                break;
            default:
                Write(0xcf);
                BinaryPrimitives.WriteUInt64BigEndian(buffer.Append(8), value);
                break;
        }
    }

    public void WriteDouble(double value)
    {
        Write(0xcb);
        BinaryPrimitives.WriteDoubleBigEndian(buffer.Append(8), value);
    }

    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteStringHeader(utf8.Length);
        utf8.CopyTo(buffer.Append(utf8.Length));
    }

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        Encoding.UTF8.GetBytes(value, buffer.Append(length));
    }

    public void WriteArrayHeader(int count) => CloseArray(Open(), count);

    public void WriteMapHeader(int count) => CloseMap(Open(), count);

    public void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(buffer.Append(value.Length));

    /// <summary>Begins an array or map; returns where, for closing it.</summary>
    public int Open()
    {
        Write(0);
        return buffer.Length - 1;
    }

    public void CloseArray(int opened, int count) => Close(opened, count, 0x90, 0xdc);

    public void CloseMap(int opened, int count) => Close(opened, count, 0x80, 0xde);

    // Small containers need one byte, which is reserved; the rare larger one moves its contents.
    private void Close(int opened, int count, byte shortCode, byte longCode)
    {
        if (count <= 15)
        {
            buffer[opened] = (byte)(shortCode | count);
        }
        else if (count <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16BigEndian(buffer.Insert(opened + 1, 2), (ushort)count);
            buffer[opened] = longCode;
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(buffer.Insert(opened + 1, 4), (uint)count);
            buffer[opened] = (byte)(longCode + 1);
        }
    }

    private void WriteStringHeader(int length)
    {
        switch (length)
        {
            case <= 31:
                Write((byte)(0xa0 | length));
                break;
            case <= byte.MaxValue:
                Write(0xd9);
                Write((byte)length);
                break;
            case <= ushort.MaxValue:
                Write(0xda);
                BinaryPrimitives.WriteUInt16BigEndian(buffer.Append(2), (ushort)length);
                break;
            default:
                Write(0xdb);
                BinaryPrimitives.WriteUInt32BigEndian(buffer.Append(4), (uint)length);
                break;
        }
    }

    private void Write(byte value) => buffer.Append(1)[0] = value;
}
