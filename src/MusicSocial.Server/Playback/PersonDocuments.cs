using System.Text.Json;
using MusicSocial.Realtime.Clock;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Playback;

/// <summary>Reads and writes people's documents, each together with what its topic is told.</summary>
internal sealed class PersonDocuments(IRevisionedState state, NowPlayingViews views, IHubClock clock)
{
    /// <summary>The document; what this node knew of it is put in its place when it was lost.</summary>
    public async Task<LivePerson> ReadAsync(string userId, LivePerson known, CancellationToken cancellationToken)
    {
        var topic = UserTopic.TopicOf(userId);
        var document = await state.ReadAsync(topic, cancellationToken);
        if (document is null && known.Revision > 0)
            document = await state.SeedAsync(topic, new RevisionedDocument(known.Revision, PersonDocument.Write(known.Person)), cancellationToken);
        return document is null
            ? known with { Revision = 0, Person = PersonPlayback.Nothing, ReadAt = clock.Now }
            : known with { Revision = document.Revision, Person = PersonDocument.Read(document.Bytes.Span), ReadAt = clock.Now };
    }

    /// <summary>What people's documents say, those that are there; many are asked for at once.</summary>
    public async Task<PersonPlayback?> FindAsync(string userId, CancellationToken cancellationToken) =>
        await state.ReadAsync(UserTopic.TopicOf(userId), cancellationToken) is { } document ? PersonDocument.Read(document.Bytes.Span) : null;

    /// <summary>Writes the next revision; false when another node was quicker.</summary>
    public async Task<bool> TryWriteAsync(string userId, long revision, PersonPlayback person, CancellationToken cancellationToken) =>
        await state.TryWriteAsync(UserTopic.TopicOf(userId), revision, PersonDocument.Write(person), [], cancellationToken) is not null;

    /// <summary>The same, and tells the topic what the person hears, as they were told; null is nothing.</summary>
    public async Task<bool> TryTellAsync(string userId, long revision, PersonPlayback person, CancellationToken cancellationToken)
    {
        var view = JsonSerializer.SerializeToElement(await views.ComposeAsync(userId, person.Told, cancellationToken), WireJson.Options);
        return await state.TryWriteAsync(
            UserTopic.TopicOf(userId), revision, PersonDocument.Write(person), [new NewEvent(UserTopic.NowPlaying, view)], cancellationToken) is not null;
    }
}
