using MusicSocial.Client;
using MusicSocial.Client.Topics;
using MusicSocial.Faults.History;

namespace MusicSocial.Faults.Clients;

/// <summary>Follows a song as users of the SDK do, and records what it is told.</summary>
internal sealed class Reader(string name, MusicSocialClient client, string trackId, Recorder recorder)
{
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var topic = await client.FollowAsync($"track:{trackId}", cancellationToken);
        await foreach (var update in topic.ReadAllAsync(cancellationToken))
            recorder.Add(Describe(update));
    }

    private Entry Describe(TopicUpdate update) => update switch
    {
        TopicStarted started => Seen.Of(name, 0, started.Position, started.ReadSnapshot<TrackSnapshot>()),
        TopicHappened happened => new Delivered(
            name, 0, happened.Position.Epoch, happened.Position.Offset, happened.Position.Offset, IsSample: false, [Seen.Of(happened.Event)]),
        TopicSampled sampled => new Started(name, 0, sampled.Position.Epoch, sampled.Position.Offset, [], IsWhole: false),
        _ => throw new ArgumentOutOfRangeException(nameof(update), update, "An unknown kind of update."),
    };
}
