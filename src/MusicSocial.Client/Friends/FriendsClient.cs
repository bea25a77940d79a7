using MusicSocial.Client.Http;

namespace MusicSocial.Client.Friends;

/// <summary>Who follows whom.</summary>
public sealed class FriendsClient
{
    private readonly ApiClient _http;

    internal FriendsClient(ApiClient http) => _http = http;

    /// <summary>A person, by handle; refused <c>user.not_found</c>.</summary>
    public Task<Profile> ProfileAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Profile>(PathOf(handle), cancellationToken);

    /// <summary>Follows a person; again changes nothing.</summary>
    public Task<Profile> FollowAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.PutAsync<Profile>($"{PathOf(handle)}/follow", null, cancellationToken);

    /// <summary>Stops following a person; again changes nothing.</summary>
    public Task<Profile> UnfollowAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Profile>($"{PathOf(handle)}/follow", cancellationToken);

    /// <summary>Who follows a person.</summary>
    public Task<Page<User>> FollowersAsync(
        string handle, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<User>>(Query.Of($"{PathOf(handle)}/followers", ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>Whom a person follows.</summary>
    public Task<Page<User>> FollowingAsync(
        string handle, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<User>>(Query.Of($"{PathOf(handle)}/following", ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>The people the caller follows, with what they play.</summary>
    public Task<Page<Friend>> ListAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<Page<Friend>>(Query.Of("/api/me/friends", ("cursor", cursor), ("limit", limit)), cancellationToken);

    private static string PathOf(string handle) => $"/api/users/{Query.Segment(handle)}";
}
