using System.Buffers.Binary;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>
/// A sine of 997 Hz in both channels, 48 kHz, 16 bit. EBU Tech 3341 goes by it: at a level of so many dB below full scale it is as many
/// LUFS loud.
/// </summary>
internal static class Tone
{
    private const int SampleRate = 48_000;

    public static byte[] Wav(double levelDb, int seconds = 4)
    {
        var frames = SampleRate * seconds;
        var wav = new byte[44 + (frames * 4)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 2);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), SampleRate * 4);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 4);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), frames * 4);
        var amplitude = short.MaxValue * Math.Pow(10, levelDb / 20);
        for (var frame = 0; frame < frames; frame++)
        {
            var sample = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 997 * frame / SampleRate));
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + (frame * 4)), sample);
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(46 + (frame * 4)), sample);
        }

        return wav;
    }
}
