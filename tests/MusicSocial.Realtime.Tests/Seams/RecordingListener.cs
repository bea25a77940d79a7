using MusicSocial.Realtime.Seams;
using MusicSocial.Realtime.Wire;

namespace MusicSocial.Realtime.Tests.Seams;

/// <summary>Writes down what a bus says.</summary>
internal sealed class RecordingListener : ITopicListener
{
    private readonly Lock _lock = new();
    private readonly List<(string Topic, string Epoch, TopicEvent Event)> _events = [];
    private readonly List<TopicSignal> _signals = [];

    public IReadOnlyList<(string Topic, string Epoch, TopicEvent Event)> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<TopicSignal> Signals
    {
        get
        {
            lock (_lock)
            {
                return [.. _signals];
            }
        }
    }

    public void OnEvent(string topic, string epoch, TopicEvent topicEvent)
    {
        lock (_lock)
        {
            _events.Add((topic, epoch, topicEvent));
        }
    }

    public void OnSignal(string topic, TopicSignal signal)
    {
        lock (_lock)
        {
            _signals.Add(signal);
        }
    }
}
