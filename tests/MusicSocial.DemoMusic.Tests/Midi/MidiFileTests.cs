using MusicSocial.DemoMusic.Midi;

namespace MusicSocial.DemoMusic.Tests.Midi;

public sealed class MidiFileTests
{
    [Theory]
    [InlineData(0, new byte[] { 0x00 })]
    [InlineData(0x7F, new byte[] { 0x7F })]
    [InlineData(0x80, new byte[] { 0x81, 0x00 })]
    [InlineData(0x3FFF, new byte[] { 0xFF, 0x7F })]
    [InlineData(0x4000, new byte[] { 0x81, 0x80, 0x00 })]
    [InlineData(0x0FFFFFFF, new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    public void Lengths_are_written_as_the_standard_shows(long value, byte[] bytes) => Assert.Equal(bytes, MidiTrack.VariableLength(value));

    [Fact]
    public void Every_played_note_begins_and_ends_on_its_tick()
    {
        var performance = SongShelf.Find("amazing-grace");
        var read = MidiReading.Notes(MidiFile.Write(performance));
        var played = performance.Notes.Where(note => performance.Score.Parts[note.Part].Sings is null);
        Assert.Equal(
            played.Select(note => (note.Tick, note.Key, note.Velocity)).Order(),
            read.Select(note => (note.Tick, note.Key, note.Velocity)).Order());
    }

    [Fact]
    public void Words_stand_on_the_ticks_they_are_sung_on()
    {
        var performance = SongShelf.Find("sakura");
        var words = performance.Lines.SelectMany(line => line.Words).Select(word => (word.Tick, word.Text));
        Assert.Equal(words.OrderBy(word => word.Tick), MidiReading.Lyrics(MidiFile.Write(performance)));
    }
}
