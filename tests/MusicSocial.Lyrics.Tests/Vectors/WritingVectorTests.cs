using System.Text;

namespace MusicSocial.Lyrics.Tests.Vectors;

public sealed class WritingVectorTests
{
    public static TheoryData<string> Documents =>
        [.. LyricVector.All.Values.Where(vector => vector.Kind == "write").Select(vector => vector.Id)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_sheet_is_written_as_it_must_be_and_read_back_as_it_was(string id)
    {
        var vector = LyricVector.All[id];
        var sheet = vector.Doc!.ToSheet();
        var options = new LyricWriting { FractionDigits = vector.Options!.Precision!.Value };

        var text = LyricWriter.Write(sheet, LyricOutputs.FromWireName(vector.Format)!.Value, options);

        Assert.Equal(vector.Expect!.Output, text);
        if (options.FractionDigits == 3)
        {
            Assert.Equal(sheet, LyricReader.Read(Encoding.UTF8.GetBytes(text)));
        }
    }
}
