using System.Text.Json;
using MusicSocial.Realtime.Topics;

namespace MusicSocial.Realtime.Tests.Wire;

public sealed class WireShapeTests
{
    private static readonly TopicEvent Event = new(7, "chat", 12.5, JsonSerializer.SerializeToElement("hi"));

    [Fact]
    public void A_frame_has_the_shape_of_the_contract() => Assert.Equal(
        """{"topic":"room:a","epoch":"e","from":7,"to":7,"shown":1,"total":1,"events":[{"offset":7,"type":"chat","atMs":12.5,"data":"hi"}]}""",
        Json(new Frame("room:a", "e", 7, 7, 1, 1, [Event])));

    [Fact]
    public void A_gap_has_the_shape_of_the_contract() => Assert.Equal(
        """{"topic":"room:a","epoch":"e","from":7,"to":9}""", Json(new Gap("room:a", "e", 7, 9)));

    [Fact]
    public void Signals_have_the_shape_of_the_contract() => Assert.Equal(
        """{"topic":"room:a","signals":[{"type":"listeners","data":3}]}""",
        Json(new SignalBatch("room:a", [new("listeners", JsonSerializer.SerializeToElement(3)) { Merge = SignalMerge.Sum }])));

    [Fact]
    public void An_answer_has_the_shape_of_the_contract_and_comes_back()
    {
        var recovered = new FollowAnswer("room:a", new("e", 7), true, [Event], null);
        var fresh = new FollowAnswer("room:a", new("e", 7), false, [], new { Name = "x" });

        Assert.Equal(
            """{"topic":"room:a","position":{"epoch":"e","offset":7},"recovered":true,"events":[{"offset":7,"type":"chat","atMs":12.5,"data":"hi"}]}""",
            Json(recovered));
        Assert.Equal(
            """{"topic":"room:a","position":{"epoch":"e","offset":7},"recovered":false,"events":[],"snapshot":{"name":"x"}}""", Json(fresh));
        Assert.Equal(Json(fresh), Json(JsonSerializer.Deserialize<FollowAnswer>(Json(fresh), WireJson.Options)!));
    }

    [Fact]
    public void An_answer_tells_when_it_is_written()
    {
        var written = 0;
        var answer = new LiveFollowAnswer(new("room:a", new("e", 7), true, [], null), () => written++);

        Assert.DoesNotContain("onWritten", Json(answer), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, written);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);
}
