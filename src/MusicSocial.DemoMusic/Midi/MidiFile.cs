using System.Text;
using MusicSocial.DemoMusic.Performances;

namespace MusicSocial.DemoMusic.Midi;

/// <summary>
/// Writes a performance as a Standard MIDI File (format 1): a conductor track with tempo and words, then a track for each part.
/// Source of the byte layout: the MIDI Manufacturers Association's "Standard MIDI Files 1.0".
/// </summary>
internal static class MidiFile
{
    private const int DrumChannel = 9;
    private const byte TrackName = 0x03;
    private const byte Lyric = 0x05;
    private const byte Marker = 0x06;
    private const byte SetTempo = 0x51;

    /// <summary>A player stops at the last event: this one keeps it going until the last chord has died away.</summary>
    private const int RingOutTicks = 8 * TempoMap.TicksPerBeat;

    private const int VolumeControl = 7;
    private const int PanControl = 10;

    /// <summary>All parts that are played; sung parts become lyric events only.</summary>
    public static byte[] Write(Performance performance)
    {
        var parts = performance.Score.Parts.Where(part => part.Value.Sings is null).ToArray();
        using var file = new MemoryStream();
        file.Write("MThd"u8);
        file.Write([0, 0, 0, 6, 0, 1, (byte)((parts.Length + 1) >> 8), (byte)(parts.Length + 1)]);
        file.Write([TempoMap.TicksPerBeat >> 8, TempoMap.TicksPerBeat & 0xFF]);
        Conductor(performance).WriteTo(file);
        var channel = 0;
        foreach (var (name, part) in parts)
        {
            if (channel == DrumChannel)
                channel++;
            var track = new MidiTrack();
            track.Meta(0, TrackName, Encoding.UTF8.GetBytes(name));
            var own = part.Drums ? DrumChannel : channel++;
            track.Event(0, 0xC0 | own, part.Program);
            track.Event(0, 0xB0 | own, VolumeControl, part.Volume);
            track.Event(0, 0xB0 | own, PanControl, (int)Math.Round(64 + part.Pan * 63));
            foreach (var note in performance.Notes.Where(note => note.Part == name))
            {
                track.Event(note.Tick, 0x90 | own, note.Key, note.Velocity);
                track.Event(note.EndTick, 0x80 | own, note.Key, 0);
            }
            track.WriteTo(file);
        }
        return file.ToArray();
    }

    private static MidiTrack Conductor(Performance performance)
    {
        var track = new MidiTrack();
        track.Meta(0, TrackName, Encoding.UTF8.GetBytes(performance.Score.Title));
        foreach (var (tick, micros) in performance.Tempo.Changes)
            track.Meta(tick, SetTempo, [(byte)(micros >> 16), (byte)(micros >> 8), (byte)micros]);
        foreach (var word in performance.Lines.SelectMany(line => line.Words))
            track.Meta(word.Tick, Lyric, Encoding.UTF8.GetBytes(word.Text));
        track.Meta(performance.EndTick + RingOutTicks, Marker, "end"u8.ToArray());
        return track;
    }
}
