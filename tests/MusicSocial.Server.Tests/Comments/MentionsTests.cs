using MusicSocial.Server.Comments;

namespace MusicSocial.Server.Tests.Comments;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("hello @Melody!", "Melody")]
    [InlineData("@ann.b. and (@bob-c), @ANN.B again", "ann.b", "bob-c")]
    [InlineData("write to ann@example.org")]
    [InlineData("@ @a @ab @@")]
    [InlineData("")]
    public void Handles_are_found_where_people_are_named(string text, params string[] handles) =>
        Assert.Equal(handles, Mentions.In(text));
}
