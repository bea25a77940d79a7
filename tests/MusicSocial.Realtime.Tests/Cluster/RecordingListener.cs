using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>Writes down what a bus says.</summary>
internal sealed class RecordingListener : ITopicListener
{
    private readonly Lock _lock = new();
    private readonly List<(string Topic, string Epoch, TopicEvent Event)> _events = [];
    private readonly List<TopicSignal> _signals = [];
    private readonly List<TopicPosition> _resets = [];

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

    public IReadOnlyList<TopicPosition> Resets
    {
        get
        {
            lock (_lock)
            {
                return [.. _resets];
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

    public void OnReset(string topic, TopicPosition head)
    {
        lock (_lock)
        {
            _resets.Add(head);
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
