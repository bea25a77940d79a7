using MusicSocial.Server.Comments;

namespace MusicSocial.Server.Tests.Comments;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("hello @Melody!", "Melody")]
    [InlineData("@ann.b. and (@bob-c), @ANN.B again", "ann.b", "bob-c")]
    [InlineData("write to ann@example.org")]
    [InlineData("谢谢@ann ありがとう@bobさん 고마워@cat", "ann", "bob", "cat")]
    [InlineData("привет@ann", "ann")]
    [InlineData("see https://x.example/@ann/1 and x.example/@bob")]
    [InlineData("https://x.example/?to=@ann www.x.example/a,@bob mail first.last_@cat.example")]
    [InlineData("https://x.example/歌 (@ann)", "ann")]
    [InlineData("@ @a @ab @@")]
    [InlineData("")]
    public void Handles_are_found_where_people_are_named(string text, params string[] handles) =>
        Assert.Equal(handles, Mentions.In(text));
}
