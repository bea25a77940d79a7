using System.Buffers;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MessagePack;
using Microsoft.AspNetCore.SignalR.Protocol;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Hubs;

public sealed class MessagePackWireTests
{
    private static readonly IHubProtocol Protocol = MessagePackWire.CreateProtocol();

    private static readonly Dictionary<string, HubMessage> Samples = new(StringComparer.Ordinal)
    {
        ["invocation"] = new InvocationMessage("1", "Known", ["text", 7]) { Headers = new Dictionary<string, string> { ["a"] = "b" } },
        ["invocation that wants no answer"] = new InvocationMessage("Known", ["text", 7]),
        ["invocation with streams"] = new InvocationMessage("1", "Known", ["text", 7], ["s1", "s2"]),
        ["stream invocation"] = new StreamInvocationMessage("1", "Known", ["text", 7], ["s1"]),
        ["stream item"] = new StreamItemMessage("1", "text"),
        ["result"] = CompletionMessage.WithResult("1", "text"),
        ["null result"] = CompletionMessage.WithResult("1", null),
        ["error"] = CompletionMessage.WithError("1", "no"),
        ["void"] = CompletionMessage.Empty("1"),
        ["cancel"] = new CancelInvocationMessage("1"),
        ["ping"] = PingMessage.Instance,
        ["close"] = new CloseMessage("bye", allowReconnect: true),
        ["close in peace"] = new CloseMessage(null),
        ["ack"] = new AckMessage(5),
        ["sequence"] = new SequenceMessage(6),
    };

    public static TheoryData<string> Kinds => [.. Samples.Keys];

    private static Binder Text => new(typeof(string), typeof(int));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_comes_back_as_it_was(string kind)
    {
        var bytes = Protocol.GetMessageBytes(Samples[kind]).ToArray();

        var message = Assert.Single(Hex.ParseAll(bytes, Text));

        Assert.Equal(Describe(Samples[kind]), Describe(message));
    }

    [Fact]
    public void Messages_are_found_wherever_the_bytes_are_cut()
    {
        byte[] all = [.. Samples.Values.SelectMany(sample => Protocol.GetMessageBytes(sample).ToArray())];
        for (var cut = 0; cut <= all.Length; cut++)
        {
            var input = new ReadOnlySequence<byte>(all, 0, cut);
            List<string> found = [];
            while (Protocol.TryParseMessage(ref input, Text, out var message))
            {
                found.Add(Describe(message));
            }

            // The rest arrives as a second segment, so that a message may straddle both.
            var rest = Segment.Join(input.ToArray(), all.AsMemory(cut));
            while (Protocol.TryParseMessage(ref rest, Text, out var message))
            {
                found.Add(Describe(message));
            }

            Assert.Equal(Samples.Values.Select(Describe), found);
            Assert.True(rest.IsEmpty);
        }
    }

    [Fact]
    public void Payloads_have_the_shape_of_the_wires_JSON()
    {
        var shapes = new Shapes("grüße 🎵", 1, 1L << 53, 0.25, true, null, ["a"], new Dictionary<string, int> { ["k"] = 1 }, DayOfWeek.Friday);
        var bytes = Protocol.GetMessageBytes(new InvocationMessage("Known", [shapes]));

        var message = (InvocationMessage)Assert.Single(Hex.ParseAll(bytes.ToArray(), new Binder(typeof(JsonElement))));

        Assert.Equal(JsonSerializer.Serialize(shapes, WireJson.Options), ((JsonElement)message.Arguments[0]!).GetRawText());
    }

    [Fact]
    public void An_unknown_method_is_an_answerable_failure()
    {
        var failure = Assert.IsType<InvocationBindingFailureMessage>(Hex.Parse("96 01 80 a131 a54f74686572 90 90", Text));

        Assert.Equal(("1", "Other"), (failure.InvocationId, failure.Target));
    }

    [Theory]
    [InlineData("95 01 80 a131 a54b6e6f776e 91 a161", "one argument too few")]
    [InlineData("95 01 80 a131 a54b6e6f776e 93 a161 01 01", "one argument too many")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 01 01", "a number for a text")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a161 cb7ff8000000000000", "not a number")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a161 d40101", "an extension")]
    [InlineData("95 01 80 a131 a54b6e6f776e c0", "no arguments at all")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a161", "an argument that is missing")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a1ff 01", "a text that is not UTF-8")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 ddffffffff 01", "four billion elements in five bytes")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a161 cb3ff8000000000000", "a fraction for a whole number")]
    [InlineData("95 01 80 a131 a54b6e6f776e 92 a161 d7ffffffffff00000000", "a moment with more than a billion nanoseconds")]
    public void Arguments_that_do_not_fit_are_an_answerable_failure(string hex, string why)
    {
        _ = why;
        Assert.IsType<InvocationBindingFailureMessage>(Hex.Parse(hex, Text));
    }

    [Fact]
    public void Bytes_after_a_message_are_not_another_one() =>
        Assert.IsType<InvocationMessage>(Hex.Parse("95 01 80 a131 a54b6e6f776e 92 a161 01 c1c1c1", Text));

    [Fact]
    public void A_stream_item_that_does_not_fit_is_an_answerable_failure() =>
        Assert.IsType<StreamBindingFailureMessage>(Hex.Parse("94 02 80 a131 01", Text));

    [Theory]
    [InlineData("", "an empty message")]
    [InlineData("c0", "not an array")]
    [InlineData("90", "an empty array")]
    [InlineData("91 a161", "a type that is not a number")]
    [InlineData("91 01", "an invocation of nothing")]
    [InlineData("95 01 80 c0 a0 90", "an empty target")]
    [InlineData("95 04 80 c0 a54b6e6f776e 90", "a stream without an id")]
    [InlineData("94 03 80 a131 04", "an unknown kind of completion")]
    [InlineData("93 05 80 c0", "a cancellation of nothing")]
    [InlineData("92 08 a161", "an acknowledgement that is not a number")]
    [InlineData("95 01 dfffffffff c0 a54b6e6f776e 90", "four billion headers in five bytes")]
    [InlineData("95 01 dbffffffff", "a text of four billion bytes in five")]
    public void A_broken_message_ends_the_connection(string hex, string why)
    {
        _ = why;
        Assert.ThrowsAny<Exception>(() => Hex.Parse(hex, Text));
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_an_answerable_failure_and_costs_no_stack()
    {
        byte[] bomb = [.. Hex.Bytes("95 01 80 a131 a54b6e6f776e 92"), .. Enumerable.Repeat((byte)0x91, 1_000_000), 0xc0, 0x01];

        Assert.IsType<InvocationBindingFailureMessage>(Assert.Single(Hex.ParseAll(Hex.Framed(bomb), Text)));
    }

    [Theory]
    [InlineData("ffffffff7f", "a length beyond every bound")]
    [InlineData("8080808080", "a length that does not end")]
    [InlineData("8080808008", "a length of two gibibytes and more")]
    public void A_length_beyond_the_limit_is_refused_before_the_message_arrives(string hex, string why)
    {
        _ = why;
        Assert.ThrowsAny<Exception>(() => Hex.ParseAll(Hex.Bytes(hex), Text));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Versions_one_and_two_are_spoken(int version, bool spoken) => Assert.Equal(spoken, Protocol.IsVersionSupported(version));

    [Fact]
    public void Random_bytes_do_nothing_worse_than_end_the_connection()
    {
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 255).Select(number => (byte)number))), bytes => Survives(bytes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Damaged_messages_do_nothing_worse_than_end_the_connection()
    {
        var damaged =
            from sample in Gen.Elements(Samples.Values.Select(sample => Protocol.GetMessageBytes(sample).ToArray()).ToArray())
            from place in Gen.Choose(0, sample.Length - 1)
            from value in Gen.Choose(0, 255)
            select (byte[])[.. sample[..place], (byte)value, .. sample[(place + 1)..]];
        Prop.ForAll(Arb.From(damaged), bytes => Survives(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static void Survives(byte[] bytes)
    {
        foreach (var attempt in new[] { bytes, Hex.Framed(bytes) })
        {
            try
            {
                Hex.ParseAll(attempt, Text);
            }
            catch (Exception exception) when (exception is InvalidDataException or FormatException or MessagePackSerializationException or EndOfStreamException)
            {
                // SignalR ends the connection.
            }
        }
    }

    private static string Describe(HubMessage message) => message.GetType().Name + JsonSerializer.Serialize(message, message.GetType());
}
