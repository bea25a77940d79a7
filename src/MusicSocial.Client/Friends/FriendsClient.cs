using MusicSocial.Client.Http;

namespace MusicSocial.Client.Friends;

/// <summary>Who follows whom, and whom one blocks, mutes and counts as close friends.</summary>
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

    /// <summary>Blocks a person: neither sees the other any more, and they are not told.</summary>
    public Task<Profile> BlockAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.PutAsync<Profile>($"{PathOf(handle)}/block", null, cancellationToken);

    /// <summary>Takes a block back; follows that it ended do not come back.</summary>
    public Task<Profile> UnblockAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Profile>($"{PathOf(handle)}/block", cancellationToken);

    /// <summary>Mutes a person: only the caller does not see them any more.</summary>
    public Task<Profile> MuteAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.PutAsync<Profile>($"{PathOf(handle)}/mute", null, cancellationToken);

    /// <summary>Takes a mute back.</summary>
    public Task<Profile> UnmuteAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Profile>($"{PathOf(handle)}/mute", cancellationToken);

    /// <summary>Takes a person into the circle of close friends.</summary>
    public Task<Profile> ChooseAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.PutAsync<Profile>($"{PathOf(handle)}/circle/close", null, cancellationToken);

    /// <summary>Takes a person out of the circle of close friends.</summary>
    public Task<Profile> UnchooseAsync(string handle, CancellationToken cancellationToken = default) =>
        _http.DeleteAsync<Profile>($"{PathOf(handle)}/circle/close", cancellationToken);

    /// <summary>Reports something to the moderators; they answer by a notice.</summary>
    public Task<ReportView> ReportAsync(ReportRequest report, CancellationToken cancellationToken = default) =>
        _http.PostAsync<ReportView>("/api/reports", report, Bearer.Required, cancellationToken);

    private static string PathOf(string handle) => $"/api/users/{Query.Segment(handle)}";
}
