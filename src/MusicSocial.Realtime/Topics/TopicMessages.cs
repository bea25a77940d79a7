using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MusicSocial.Realtime.Topics;

/// <summary>
/// The hub messages topics send. Each is serialised at most once per protocol, when the first connection needs it, and the same bytes
/// go to all.
/// </summary>
internal static class TopicMessages
{
    /// <summary>All events after <paramref name="after"/> up to <paramref name="to"/>, of which <paramref name="shown"/> are shown.</summary>
    public static SerializedHubMessage Frame(string topic, string epoch, long after, long to, IReadOnlyList<TopicEvent> shown) =>
        Push(new Frame(topic, epoch, after + 1, to, shown.Count, (int)(to - after), shown));

    public static SerializedHubMessage Gap(string topic, string epoch, long from, long to) => Push(new Gap(topic, epoch, from, to));

    public static SerializedHubMessage Signal(string topic, IReadOnlyList<TopicSignal> signals) =>
        new(new InvocationMessage("Signal", [new SignalBatch(topic, signals)]));

    public static SerializedHubMessage Draining(int retryAfterMs) => Push(new Draining(retryAfterMs));

    private static SerializedHubMessage Push<T>(T push) => new(new InvocationMessage(typeof(T).Name, [push]));
}
