using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MusicSocial.DemoMusic.Rendering;

/// <summary>Uncompressed sound: samples from -1 to 1, channels interleaved.</summary>
internal sealed record Wave(int Rate, int Channels, float[] Samples)
{
    private const short Float = 3;

    public double Seconds => Samples.Length / (double)Channels / Rate;

    /// <summary>Reads a RIFF file of 16-bit integers or 32-bit floats.</summary>
    public static Wave Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8))
            throw new FormatException($"{Path.GetFileName(path)} is not a WAV file.");
        int rate = 0, channels = 0, bits = 0;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var id = file.Slice(at, 4);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]), file.Length - at - 8);
            var body = file.Slice(at + 8, length);
            if (id.SequenceEqual("fmt "u8))
            {
                channels = BinaryPrimitives.ReadInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                bits = BinaryPrimitives.ReadInt16LittleEndian(body[14..]);
            }
            else if (id.SequenceEqual("data"u8))
            {
                var samples = bits == 32 ? MemoryMarshal.Cast<byte, float>(body).ToArray() : FromShorts(MemoryMarshal.Cast<byte, short>(body));
                return new Wave(rate, channels, samples);
            }
            at += 8 + length + (length & 1);
        }
        throw new FormatException($"{Path.GetFileName(path)} holds no sound.");
    }

    /// <summary>Writes 32-bit floats.</summary>
    public void Write(string path)
    {
        var data = MemoryMarshal.AsBytes<float>(Samples);
        using var file = new BinaryWriter(File.Create(path));
        file.Write("RIFF"u8);
        file.Write(36 + data.Length);
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write(Float);
        file.Write((short)Channels);
        file.Write(Rate);
        file.Write(Rate * Channels * sizeof(float));
        file.Write((short)(Channels * sizeof(float)));
        file.Write((short)32);
        file.Write("data"u8);
        file.Write(data.Length);
        file.Write(data);
    }

    /// <summary>Root mean square of what is louder than silence (-50 dB), so that rests do not make a part seem soft.</summary>
    public double Loudness()
    {
        const int Window = 2048;
        const double Silence = 1e-5;
        double sum = 0;
        var windows = 0;
        for (var at = 0; at + Window <= Samples.Length; at += Window)
        {
            double power = 0;
            foreach (var sample in Samples.AsSpan(at, Window))
                power += sample * sample;
            power /= Window;
            if (power <= Silence)
                continue;
            sum += power;
            windows++;
        }
        return windows == 0 ? 0 : Math.Sqrt(sum / windows);
    }

    private static float[] FromShorts(ReadOnlySpan<short> shorts)
    {
        var samples = new float[shorts.Length];
        for (var i = 0; i < shorts.Length; i++)
            samples[i] = shorts[i] / 32768f;
        return samples;
    }
}
