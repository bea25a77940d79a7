using System.Text.Json;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>
/// Follows a topic of numbers as a good client does - after a gap it follows again - and notes every broken promise: a hole that was not
/// announced, disorder, an event shown twice. The snapshot is the list of all numbers written down so far.
/// </summary>
internal sealed class FaithfulFollower(TestClient client, string topic)
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _known = [];
    private readonly HashSet<int> _shown = [];
    private readonly List<string> _broken = [];
    private int _read;
    private string? _call;
    private TopicPosition? _position;

    /// <summary>Every number it knows of, by snapshot or live.</summary>
    public int[] Known
    {
        get
        {
            lock (_lock)
                return [.. _known.Order()];
        }
    }

    public IReadOnlyList<string> BrokenPromises
    {
        get
        {
            lock (_lock)
                return [.. _broken];
        }
    }

    /// <summary>Snapshots it needed.</summary>
    public int Snapshots { get; private set; }

    public TopicPosition? Position => _position;

    /// <summary>Follows, and goes on in the background until the connection ends.</summary>
    public static async Task<FaithfulFollower> StartAsync(TestNode node, string topic)
    {
        var follower = new FaithfulFollower(await node.ConnectAsync(), topic);
        await follower.FollowAsync();
        _ = follower.ListenAsync();
        await Eventually.Holds(() => follower.Position is not null, "followed");
        return follower;
    }

    public Task KnowsAsync(IEnumerable<int> numbers)
    {
        int[] wanted = [.. numbers.Order()];
        return Eventually.Holds(() => Known.SequenceEqual(wanted), $"{wanted.Length} numbers are known; of {Known.Length}");
    }

    private async Task FollowAsync() => _call = await client.SendCallAsync("Follow", topic, _position);

    private async Task ListenAsync()
    {
        while (!client.IsEnded)
        {
            foreach (var message in client.Received.Skip(_read).ToArray())
            {
                _read++;
                await TakeAsync(message);
            }

            await Task.Delay(2);
        }
    }

    private async Task TakeAsync(JsonElement message)
    {
        if (message.TryGetProperty("invocationId", out var id) && id.GetString() == _call)
        {
            if (message.TryGetProperty("result", out var result))
                Take(result);
            else
                await FollowAsync();
        }
        else if (message.TryGetProperty("target", out var target) && target.GetString() == "Frame")
        {
            Take(message.GetProperty("arguments")[0].Deserialize<Frame>(WireJson.Options)!);
        }
        else if (message.TryGetProperty("target", out target) && target.GetString() == "Gap")
        {
            await FollowAsync();
        }
    }

    private void Take(JsonElement answer)
    {
        lock (_lock)
        {
            if (!answer.GetProperty("recovered").GetBoolean())
            {
                Snapshots++;
                _known.UnionWith(answer.GetProperty("snapshot").Deserialize<int[]>()!);
            }

            foreach (var missed in answer.GetProperty("events").Deserialize<TopicEvent[]>(WireJson.Options)!)
                Show(missed);
            _position = answer.GetProperty("position").Deserialize<TopicPosition>(WireJson.Options);
        }
    }

    private void Take(Frame frame)
    {
        lock (_lock)
        {
            if (_position is null || frame.Epoch != _position.Epoch || frame.From != _position.Offset + 1)
                _broken.Add($"{frame.Epoch} {frame.From} does not follow {_position}");
            foreach (var topicEvent in frame.Events)
                Show(topicEvent);
            _position = new(frame.Epoch, frame.To);
        }
    }

    private void Show(TopicEvent topicEvent)
    {
        var number = topicEvent.Data.GetInt32();
        _known.Add(number);
        if (!_shown.Add(number))
            _broken.Add($"{number} was shown twice");
    }
}
