using System.Threading.Channels;

namespace MusicSocial.Server.Playback;

/// <summary>Work about people: one after the other for each of them, side by side for different ones.</summary>
internal sealed class PeopleLanes
{
    private readonly Channel<Func<Task>>[] _lanes = [.. Enumerable.Range(0, 32).Select(_ => Channel.CreateUnbounded<Func<Task>>())];

    /// <summary>Adds work, which must not throw.</summary>
    public void Add(string userId, Func<Task> work) =>
        _lanes[(uint)userId.GetHashCode(StringComparison.Ordinal) % _lanes.Length].Writer.TryWrite(work);

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_lanes.Select(lane => RunAsync(lane.Reader, cancellationToken)));

    private static async Task RunAsync(ChannelReader<Func<Task>> lane, CancellationToken cancellationToken)
    {
        await foreach (var work in lane.ReadAllAsync(cancellationToken))
            await work();
    }
}
