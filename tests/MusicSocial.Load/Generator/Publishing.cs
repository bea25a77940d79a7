using System.Diagnostics;

namespace MusicSocial.Load.Generator;

/// <summary>
/// Publishes at an even rate over topics in turn, each time by another of the topic's listeners, whatever the server does: an event's delay counts
/// from when it was due, so a server that is late cannot hide it by slowing the crowd down.
/// </summary>
internal sealed class Publishing(IReadOnlyList<HeardTopic> topics, Speech speech)
{
    private long _next;
    private double _interval;
    private long _count;

    /// <summary>Events published since the rate was set.</summary>
    public long Said { get; private set; }

    public bool IsOn { get; private set; }

    public void Start(double perSecond)
    {
        _interval = Stopwatch.Frequency / perSecond;
        _next = Stopwatch.GetTimestamp();
        (Said, IsOn) = (0, true);
    }

    public void Stop() => IsOn = false;

    public void SayDue(long now)
    {
        while (IsOn && _next <= now)
        {
            var topic = topics[(int)(_count % topics.Count)];
            if (SpeakerOf(topic, _count / topics.Count) is { } speaker)
            {
                speech.Say(speaker, topic, _next);
                Said++;
            }

            _count++;
            _next += (long)_interval;
        }
    }

    private static Listener? SpeakerOf(HeardTopic topic, long turn)
    {
        for (var i = 0; i < topic.Seats.Count; i++)
        {
            var listener = topic.Seats[(int)((turn + i) % topic.Seats.Count)].Listener;
            if (listener is { Stage: ListenerStage.Live, IsStalled: false, Speaks: true })
                return listener;
        }

        return null;
    }
}
