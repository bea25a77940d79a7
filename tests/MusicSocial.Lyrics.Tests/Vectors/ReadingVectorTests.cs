namespace MusicSocial.Lyrics.Tests.Vectors;

public sealed class ReadingVectorTests
{
    public static TheoryData<string> Accepted => Ids(vector => vector.Expect!.Error is null);

    public static TheoryData<string> Refused => Ids(vector => vector.Expect!.Error is not null);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_source_becomes_the_sheet_it_must_become(string id)
    {
        var vector = LyricVector.All[id];

        var sheet = Read(vector);

        Assert.Equal(vector.Expect!.Lines!.Select(line => (line.StartMs, line.Text)), sheet.Lines.Select(line => (line.StartMs, line.Text)));
        foreach (var (expected, line) in vector.Expect.Lines!.Zip(sheet.Lines))
        {
            AssertLine(expected, line);
        }

        Assert.Equal(vector.Expect.Synced ?? sheet.Synced, sheet.Synced);
        foreach (var (key, value) in vector.Expect.Metadata ?? new Dictionary<string, string>())
        {
            Assert.Equal(value, sheet.Metadata.GetValueOrDefault(key));
        }

        foreach (var (id2, agent) in vector.Expect.Agents ?? new Dictionary<string, VectorAgent>())
        {
            Assert.Equal(new LyricAgent(agent.Type, agent.Name), sheet.Agents[id2]);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_source_that_cannot_be_read_is_refused_with_its_code(string id)
    {
        var vector = LyricVector.All[id];

        var refusal = Assert.Throws<LyricRefusedException>(() => Read(vector));

        Assert.Equal("lyrics." + vector.Expect!.Error, refusal.Code);
    }

    private static LyricSheet Read(LyricVector vector) => LyricReader.Read(
        vector.Bytes,
        vector.Format == "auto" ? null : LyricFormats.FromWireName(vector.Format)!.Value,
        vector.Options?.HintEncoding);

    private static void AssertLine(VectorLine expected, LyricLine line)
    {
        Assert.Equal(expected.EndMs ?? line.EndMs, line.EndMs);
        Assert.Equal(expected.Role ?? line.Role, line.Role);
        Assert.Equal(expected.Agent ?? line.Agent, line.Agent);
        Assert.Equal(expected.Translations ?? line.Translations, line.Translations);
        Assert.Equal(expected.Romanizations ?? line.Romanisations, line.Romanisations);
        if (expected.Words is { } words)
        {
            Assert.Equal(words.Select(word => (word.StartMs, word.Text)), line.Words.Select(word => (word.StartMs, word.Text)));
            Assert.All(words.Zip(line.Words), pair => Assert.Equal(pair.First.EndMs ?? pair.Second.EndMs, pair.Second.EndMs));
        }

        if (!line.Words.IsEmpty)
        {
            Assert.Equal(line.Text, string.Concat(line.Words.Select(word => word.Text)));
        }
    }

    private static TheoryData<string> Ids(Func<LyricVector, bool> wanted) =>
        [.. LyricVector.All.Values.Where(vector => vector.Kind is null && wanted(vector)).Select(vector => vector.Id)];
}
