using System.Text.Json.Serialization;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Listens;

/// <summary>What a person listened to, once as the API shows it and once as ListenBrainz imports it.</summary>
internal sealed class PersonalListens(ListenStore store) : IPersonalData
{
    // Names and units: https://listenbrainz.readthedocs.io/en/latest/users/json.html
    private sealed record ListenBrainzListen(
        [property: JsonPropertyName("listened_at")] long ListenedAt, [property: JsonPropertyName("track_metadata")] ListenBrainzTrack Track);

    private sealed record ListenBrainzTrack(
        [property: JsonPropertyName("artist_name")] string Artist, [property: JsonPropertyName("track_name")] string Title,
        [property: JsonPropertyName("release_name")] string? Album, [property: JsonPropertyName("additional_info")] ListenBrainzInfo Info);

    private sealed record ListenBrainzInfo(
        [property: JsonPropertyName("duration_ms")] long? DurationMs, [property: JsonPropertyName("media_player")] string Player = "MusicSocial");

    public IEnumerable<ExportedFile> Export(string userId) =>
        [FileOf("listens.json", userId, listen => listen), FileOf("listens.listenbrainz.json", userId, ToListenBrainz)];

    public Task RemoveAsync(Departure departure, CancellationToken cancellationToken) => store.RemoveOfAsync(departure.UserId, cancellationToken);

    private ExportedFile FileOf<T>(string name, string userId, Func<Listen, T> show) =>
        ExportedFile.List(name, (beforeId, limit, cancellationToken) => store.ReadAsync(userId, beforeId, limit, cancellationToken), listen => listen.Id, show);

    private static ListenBrainzListen ToListenBrainz(Listen listen) => new(
        (long)(listen.StartedAtMs / 1000), new(listen.Track.Artist, listen.Track.Title, listen.Track.Album, new((long?)listen.Track.DurationMs)));
}
