using MusicSocial.Client.Http;

namespace MusicSocial.Client.Catalog;

/// <summary>The songs of the hub.</summary>
public sealed class CatalogClient
{
    private readonly ApiClient _http;

    internal CatalogClient(ApiClient http) => _http = http;

    /// <summary>A page of songs: those a query finds, best first; all of them by title without one.</summary>
    public Task<Page<Track>> ListAsync(
        string? query = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<Track>>(Query.Of("/api/tracks", ("query", query), ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>One song; refused <c>track.not_found</c>.</summary>
    public Task<Track> GetAsync(string trackId, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Track>($"/api/tracks/{Query.Segment(trackId)}", cancellationToken);
}
