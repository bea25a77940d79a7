using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>A hub whose time moves when told, shared by the tests of a class, and people who play and look.</summary>
public sealed class PlaybackHub : IAsyncLifetime
{
    public PlaybackHub() => App = Start(Time, folder: null);

    internal ManualTime Time { get; } = new();

    internal HubApp App { get; }

    internal static HubApp Start(ManualTime time, string? folder) => new(
        folder,
        // Time leaps: a write that is on its way just then must not look like one a client does not take.
        new() { ["Realtime:StallTimeout"] = "1.00:00:00", ["Realtime:AnswerTimeout"] = "1.00:00:00" },
        services => services.AddSingleton<TimeProvider>(time));

    internal Task<Listener> ListenerAsync(string name = "Ann") => ListenerAsync(App, Time, name);

    internal static async Task<Listener> ListenerAsync(HubApp app, ManualTime time, string name)
    {
        var listener = new Listener(await app.GuestAsync(name), null!, time);
        // Seen by all, unless a test says otherwise.
        await listener.ChooseAsync(Audience.Everyone);
        return listener with { Client = await HubClient.ConnectAsync(listener.Person) };
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await App.DisposeAsync();

}

/// <summary>A person who plays music and looks at what others play.</summary>
internal sealed record Listener(Person Person, HubClient Client, ManualTime Time) : IAsyncDisposable
{
    public string Id => Person.User.Id;

    public string Handle => Person.User.Handle;

    public double NowMs => (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    /// <summary>Reports a song known by name only.</summary>
    public Task ReportAsync(
        string state, double seconds = 0, string title = "Elsewhere", string device = "tab", double? minutes = 3, double? atMs = null) =>
        ReportAsync(new { artist = "Somebody", title, durationMs = minutes * 60_000, positionMs = seconds * 1000, state, deviceId = device, atMs });

    /// <summary>Reports, a moment after whatever was reported before.</summary>
    public Task ReportAsync(object report)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return Client.CallAsync("ReportPlayback", report);
    }

    /// <summary>Plays for a while, reporting every ten seconds as players do.</summary>
    public async Task PlayOnAsync(double fromSeconds, double forSeconds, string title = "Elsewhere", double minutes = 3)
    {
        for (var played = 0.0; played <= forSeconds; played += 10)
        {
            await ReportAsync("playing", fromSeconds + played, title, minutes: minutes);
            Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    public Task<JsonElement> FollowTopicAsync(Listener other) => Client.CallAsync("Follow", $"user:{other.Id}", null);

    public async Task FollowAsync(Listener other) =>
        await Person.Http.PutAsync($"/api/users/{other.Handle}/follow", null).ReadAsync<Profile>();

    public async Task UnfollowAsync(Listener other) => await Person.Http.DeleteAsync($"/api/users/{other.Handle}/follow").ReadAsync<Profile>();

    public Task<NowPlaying> SeeAsync(Listener other) => Person.Http.GetAsync($"/api/users/{other.Handle}/now-playing").ReadAsync<NowPlaying>();

    public Task<PrivacySettings> ChooseAsync(Audience audience) =>
        Person.Http.PutAsJsonAsync("/api/me/privacy", new { audience, history = audience, privateSession = false }, WireJson.Options).ReadAsync<PrivacySettings>();

    /// <summary>The next thing the followed topic says, letting time pass until it does.</summary>
    public async Task<NowPlaying> HearAsync()
    {
        var next = Client.NextEventAsync("nowPlaying");
        while (await Task.WhenAny(next, Task.Delay(20)) != next)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        return (await next).Data.Deserialize<NowPlaying>(WireJson.Options)!;
    }

    /// <summary>Waits until the API shows something, as the tracker needs a moment after a report.</summary>
    public async Task<NowPlaying> SeeAsync(Listener other, Predicate<NowPlaying> expected)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var seen = await SeeAsync(other);
            if (expected(seen))
                return seen;
            await Task.Delay(20);
        }

        return await SeeAsync(other);
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
