using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MusicSocial.Load.Generator;

/// <summary>Understands what a hub says and holds it against what each listener was told before.</summary>
internal sealed class Hearing(IReadOnlyDictionary<string, HeardTopic> topics, Findings findings) : IEar
{
    private readonly FrameLedger _ledger = new();

    /// <summary>How many follows are still without an answer.</summary>
    public int Unanswered { get; private set; }

    public void OnUpgraded(Listener listener, ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("HTTP/1.1 101"u8))
            throw new InvalidOperationException($"The server refused a connection: {Encoding.UTF8.GetString(answer)}");
        listener.Stage = ListenerStage.ShakingHands;
        listener.Say("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
    }

    public void OnMessage(Listener listener, ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("{\"type\":1,\"target\":\"Frame\""u8))
            OnFrame(listener, message);
        else if (listener.Stage == ListenerStage.ShakingHands)
            OnHandShaken(listener, message);
        else if (!message.StartsWith("{\"type\":6}"u8))
            OnOther(listener, message);
    }

    /// <summary>Asks for a seat's topic, from where it stands.</summary>
    public void Follow(Listener listener, Seat seat)
    {
        var since = seat.Last < 0 ? "null" : $$"""{"epoch":"{{seat.Topic.Epoch}}","offset":{{seat.Last}}}""";
        var call = $$"""{"type":1,"invocationId":"f{{listener.Seats.IndexOf(seat)}}","target":"Follow","arguments":["{{seat.Topic.Name}}",{{since}}]}""";
        listener.Say(Encoding.UTF8.GetBytes(call + '\u001e'));
        seat.IsAnswered = false;
        Unanswered++;
    }

    /// <summary>Nobody answers a listener that has gone.</summary>
    public void OnGone(Listener listener)
    {
        if (listener.Stage == ListenerStage.Following)
            Unanswered -= listener.Seats.Count(seat => !seat.IsAnswered);
    }

    private void OnHandShaken(Listener listener, ReadOnlySpan<byte> message)
    {
        if (!message.SequenceEqual("{}"u8))
            throw new InvalidOperationException($"The server refused to shake hands: {Encoding.UTF8.GetString(message)}");
        listener.Stage = listener.Seats.Count > 0 ? ListenerStage.Following : ListenerStage.Live;
        foreach (var seat in listener.Seats)
            Follow(listener, seat);
    }

    private void OnFrame(Listener listener, ReadOnlySpan<byte> message)
    {
        var now = Stopwatch.GetTimestamp();
        var frame = FrameOf(message);
        if (SeatOf(listener, frame.Topic) is not { } seat)
        {
            findings.AddFlaw($"a frame of {frame.Topic} for somebody who does not follow it");
            return;
        }

        if (frame.Epoch != seat.Topic.Epoch)
            findings.AddFlaw($"{frame.Topic}: a frame of epoch {frame.Epoch} while {seat.Topic.Epoch} is followed");
        if (frame.From <= seat.Last)
            findings.Duplicates++;
        else if (frame.From > seat.Last + 1)
            findings.Holes++;
        Cover(seat, frame.To, frame.Total, frame.Shown);
        findings.Frames++;
        findings.Deliveries += frame.Events.Count;
        if (!listener.IsTimed)
            return;
        foreach (var stamp in frame.Stamps)
            findings.Latencies.Record(now - stamp);
    }

    private KnownFrame FrameOf(ReadOnlySpan<byte> message)
    {
        var hash = FrameLedger.HashOf(message);
        if (_ledger.TryGet(hash, message.Length, out var frame))
            return frame;
        frame = FrameReading.Frame(message);
        _ledger.Add(hash, message.Length, frame);
        if (topics.TryGetValue(frame.Topic, out var topic) && frame.Flaw(topic) is { } flaw)
            findings.AddFlaw(flaw);
        return frame;
    }

    private static void Cover(Seat seat, long to, long total, long shown)
    {
        seat.Last = Math.Max(seat.Last, to);
        seat.Total += total;
        seat.Shown += shown;
        seat.Topic.Head = Math.Max(seat.Topic.Head, to);
    }

    private static Seat? SeatOf(Listener listener, string topic)
    {
        // A listener follows one topic or a few.
        foreach (var seat in CollectionsMarshal.AsSpan(listener.Seats))
        {
            if (seat.Topic.Name == topic)
                return seat;
        }

        return null;
    }

    private void OnOther(Listener listener, ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        using var parsed = JsonDocument.ParseValue(ref reader);
        var root = parsed.RootElement;
        switch (root.GetProperty("type").GetInt32())
        {
            case 1 when root.GetProperty("target").ValueEquals("Gap"):
                findings.Gaps++;
                if (SeatOf(listener, root.GetProperty("arguments")[0].GetProperty("topic").GetString()!) is { } seat)
                    Follow(listener, seat);
                break;
            case 3 when root.GetProperty("invocationId").GetString()!.StartsWith('f'):
                OnFollowAnswered(listener, root);
                break;
            case 3 when root.TryGetProperty("error", out var error):
                findings.Refused++;
                findings.AddFlaw($"a call was refused: {error.GetString()}");
                break;
            case 3:
                findings.Answered++;
                break;
            case 7:
                findings.AddFlaw($"the server says goodbye: {root.GetRawText()}");
                break;
        }
    }

    private void OnFollowAnswered(Listener listener, JsonElement completion)
    {
        if (completion.TryGetProperty("error", out var error))
            throw new InvalidOperationException($"A follow was refused: {error.GetString()}");
        var seat = listener.Seats[int.Parse(completion.GetProperty("invocationId").GetString()!.AsSpan(1))];
        var answer = completion.GetProperty("result");
        var position = answer.GetProperty("position");
        var (epoch, head) = (position.GetProperty("epoch").GetString()!, position.GetProperty("offset").GetInt64());
        if (answer.GetProperty("recovered").GetBoolean())
            OnRecovered(seat, FrameReading.EventsOf(answer), head);
        else if (seat.Last >= 0)
            findings.StartedOver++;
        seat.Topic.Epoch = epoch;
        (seat.Last, seat.Topic.Head) = (head, Math.Max(seat.Topic.Head, head));
        seat.IsAnswered = true;
        Unanswered--;
        if (listener.Seats.TrueForAll(one => one.IsAnswered))
            listener.Stage = ListenerStage.Live;
    }

    private void OnRecovered(Seat seat, List<KnownEvent> events, long head)
    {
        findings.Recovered++;
        findings.Deliveries += events.Count;
        var flaw = new KnownFrame(seat.Topic.Name, seat.Topic.Epoch, seat.Last + 1, head, events.Count, head - seat.Last, events).Flaw(seat.Topic);
        if (events.Count != head - seat.Last || (flaw is not null && events.Count > 0))
            findings.AddFlaw(flaw ?? $"{seat.Topic.Name}: recovered {events.Count} events from {seat.Last} to {head}");
        Cover(seat, head, head - seat.Last, events.Count);
    }
}
