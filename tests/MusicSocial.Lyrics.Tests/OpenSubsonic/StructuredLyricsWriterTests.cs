using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicSocial.Lyrics.Tests.OpenSubsonic;

public sealed class StructuredLyricsWriterTests
{
    [Fact]
    public void Lines_cues_singers_and_translations_are_written()
    {
        var sheet = Sheets.Read("""
            [ti:Title]
            [ar:Artist]
            [lang:de]
            [00:01.00]v1: <00:01.00>Größe <00:02.00>da<00:03.00>
            [bg: <00:02.50>ooh<00:02.90>]
            [00:01.00][tr:en]Size there
            [00:05.00]v2: plain
            """);

        var lists = JsonNode.Parse(LyricWriter.Write(sheet, LyricOutput.OpenSubsonic))!["structuredLyrics"]!.AsArray();

        AssertJson(
            """
            {"kind":"main","lang":"de","synced":true,"offset":0,"displayArtist":"Artist","displayTitle":"Title",
             "line":[{"start":1000,"value":"Größe da"},{"start":5000,"value":"plain"}],
             "agents":[{"id":"v1","role":"main"},{"id":"v2","role":"voice"},{"id":"background","role":"bg"}],
             "cueLine":[
              {"index":0,"start":1000,"end":3000,"value":"Größe da","agentId":"v1","cue":[
               {"start":1000,"end":2000,"value":"Größe ","byteStart":0,"byteEnd":7},{"start":2000,"end":3000,"value":"da","byteStart":8,"byteEnd":9}]},
              {"index":0,"start":2500,"end":2900,"value":"ooh","agentId":"background","cue":[{"start":2500,"end":2900,"value":"ooh","byteStart":0,"byteEnd":2}]}]}
            """,
            lists[0]);
        AssertJson(
            """{"kind":"translation","lang":"en","synced":true,"offset":0,"displayArtist":"Artist","displayTitle":"Title","line":[{"start":1000,"value":"Size there"}]}""",
            lists[1]);
        Assert.Equal(2, lists.Count);
    }

    [Fact]
    public void Unsynced_lyrics_have_no_starts()
    {
        var json = LyricWriter.Write(Sheets.Read("one\ntwo"), LyricOutput.OpenSubsonic);

        AssertJson(
            """{"structuredLyrics":[{"kind":"main","lang":"und","synced":false,"offset":0,"line":[{"value":"one"},{"value":"two"}]}]}""",
            JsonNode.Parse(json));
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual!.ToJsonString(JsonSerializerOptions.Default));
}
