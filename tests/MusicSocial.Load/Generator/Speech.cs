using System.Buffers.Text;
using System.Text;

namespace MusicSocial.Load.Generator;

/// <summary>How the crowd publishes at a server: the hub call around a text that begins with when it was due and its number.</summary>
/// <param name="Before">What stands before the topic.</param>
/// <param name="Between">What stands between the topic and the text.</param>
/// <param name="After">What stands after the text.</param>
internal sealed record Speech(string Before, string Between, string After)
{
    /// <summary>Makes the payload <c>{"text":"..."}</c> 220 bytes long.</summary>
    private const int TextLength = 209;

    /// <summary>The load hubs' own method: not answered, the topic by its name.</summary>
    public static Speech Notes { get; } =
        new("{\"type\":1,\"target\":\"Publish\",\"arguments\":[\"", "\",{\"text\":\"", "\"}]}\u001e");

    /// <summary>The hub's own comments, durable before they are answered; the topic is the track's.</summary>
    public static Speech Comments { get; } =
        new("{\"type\":1,\"invocationId\":\"p\",\"target\":\"PostComment\",\"arguments\":[{\"trackId\":\"", "\",\"text\":\"", "\"}]}\u001e") { TopicPrefix = "track:".Length };

    /// <summary>How much of the topic's name the call leaves out.</summary>
    public int TopicPrefix { get; init; }

    public void Say(Listener speaker, HeardTopic topic, long due)
    {
        Span<byte> call = stackalloc byte[1_024];
        var length = Encoding.UTF8.GetBytes(Before, call);
        length += Encoding.UTF8.GetBytes(topic.Name.AsSpan(TopicPrefix), call[length..]);
        length += Encoding.UTF8.GetBytes(Between, call[length..]);
        var text = call.Slice(length, TextLength);
        text.Fill((byte)'x');
        Utf8Formatter.TryFormat(due, text, out var stamp);
        text[stamp] = (byte)' ';
        Utf8Formatter.TryFormat(++topic.Published, text[(stamp + 1)..], out var number);
        text[stamp + 1 + number] = (byte)' ';
        length += TextLength;
        length += Encoding.UTF8.GetBytes(After, call[length..]);
        speaker.Say(call[..length]);
    }
}
