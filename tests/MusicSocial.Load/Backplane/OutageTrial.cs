using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Load.Fanout;

namespace MusicSocial.Load.Backplane;

/// <summary>What became of numbered notes published on one node while Redis was disturbed, as a listener on the other node knows them.</summary>
/// <param name="Accepted">Notes whose publisher got an answer without an error.</param>
/// <param name="Refused">Notes whose publisher got an error.</param>
/// <param name="Lost">Accepted notes that the listener never knew of.</param>
/// <param name="Doubled">Notes that the listener got live more than once.</param>
internal sealed record OutageTrial(int Accepted, int Refused, int Lost, int Doubled)
{
    private const int Topics = 25;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<OutageTrial> RunAsync(MeasuredServer here, MeasuredServer there, Func<Task> outage)
    {
        await using var listener = new NoteListener(Connect(there));
        await listener.StartAsync(Enumerable.Range(0, Topics).Select(TopicOf));
        // One for each topic: a call that waits holds up no other topic's.
        var publishers = await Task.WhenAll(Enumerable.Range(0, Topics).Select(async _ =>
        {
            var publisher = Connect(here);
            await publisher.StartAsync();
            return publisher;
        }));
        using var ends = new CancellationTokenSource();
        var publishing = PublishAsync(publishers, ends.Token);
        await Task.Delay(Before);
        await outage();
        await Task.Delay(After);
        await ends.CancelAsync();
        var (accepted, refused) = await publishing;
        for (var began = TimeProvider.System.GetTimestamp(); listener.Lacks(accepted) > 0 && TimeProvider.System.GetElapsedTime(began) < Patience;)
            await Task.Delay(Between);
        foreach (var publisher in publishers)
            await publisher.DisposeAsync();
        return new(accepted.Length, refused, listener.Lacks(accepted), listener.Doubled);
    }

    private static string TopicOf(int number) => $"note:{number % Topics}";

    private static HubConnection Connect(MeasuredServer server) =>
        new HubConnectionBuilder().WithUrl(new Uri(server.Address, "/hub"), HttpTransportType.WebSockets, options => options.SkipNegotiation = true).Build();

    private static async Task<(int[] Accepted, int Refused)> PublishAsync(HubConnection[] publishers, CancellationToken ends)
    {
        var calls = new List<Task<bool>>();
        for (var number = 0; !ends.IsCancellationRequested; number++)
        {
            calls.Add(PublishAsync(publishers[number % Topics], number));
            await Task.Delay(Between, CancellationToken.None);
        }

        var answers = await Task.WhenAll(calls);
        var accepted = Enumerable.Range(0, answers.Length).Where(number => answers[number]).ToArray();
        return (accepted, answers.Length - accepted.Length);
    }

    private static async Task<bool> PublishAsync(HubConnection publisher, int number)
    {
        try
        {
            await publisher.InvokeAsync("Publish", TopicOf(number), number).WaitAsync(Patience);
            return true;
        }
        catch (Exception)
        {
            // Refused, or not answered in time: the publisher knows that it may be lost.
            return false;
        }
    }

    /// <summary>Follows topics of numbers as a client of the wire does: after a gap it follows again from where it was.</summary>
    private sealed class NoteListener : IAsyncDisposable
    {
        private readonly HubConnection _connection;
        private readonly ConcurrentDictionary<int, int> _known = new();
        private readonly ConcurrentDictionary<string, TopicPosition> _positions = new(StringComparer.Ordinal);

        public NoteListener(HubConnection connection)
        {
            _connection = connection;
            connection.On<Frame>("Frame", frame =>
            {
                _positions[frame.Topic] = new(frame.Epoch, frame.To);
                Take(frame.Events);
            });
            connection.On<Gap>("Gap", gap => _ = FollowAsync(gap.Topic));
        }

        public int Doubled => _known.Values.Count(times => times > 1);

        public int Lacks(int[] numbers) => numbers.Count(number => !_known.ContainsKey(number));

        public async Task StartAsync(IEnumerable<string> topics)
        {
            await _connection.StartAsync();
            foreach (var topic in topics)
                await FollowAsync(topic);
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();

        private async Task FollowAsync(string topic)
        {
            var answer = await _connection.InvokeAsync<FollowAnswer>("Follow", topic, _positions.GetValueOrDefault(topic));
            _positions[topic] = answer.Position;
            Take(answer.Events);
            if (answer.Snapshot is JsonElement { ValueKind: JsonValueKind.Array } snapshot)
            {
                foreach (var number in snapshot.EnumerateArray())
                    _known.TryAdd(number.GetInt32(), 0);
            }
        }

        private void Take(IEnumerable<TopicEvent> events)
        {
            foreach (var number in events.Select(one => one.Data.GetInt32()))
                _known.AddOrUpdate(number, 1, static (_, times) => times + 1);
        }
    }
}
