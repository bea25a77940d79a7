using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

/// <summary>A hub with one song of three minutes and two people with an account who may work on its lyrics.</summary>
internal sealed class Singable : IAsyncDisposable
{
    private static int _songs;

    private Singable(HubApp app, Track track, Person ann, Person bob) => (App, Track, Ann, Bob) = (app, track, ann, bob);

    public HubApp App { get; }

    public Track Track { get; }

    public Person Ann { get; }

    public Person Bob { get; }

    public string Lyrics => $"/api/tracks/{Track.Id}/lyrics";

    /// <summary>A hub of its own, to be disposed of.</summary>
    public static Task<Singable> StartAsync(Dictionary<string, string?>? settings = null) => OnAsync(new HubApp(settings: settings));

    /// <summary>A song and two people of its own on a hub that others use too.</summary>
    public static async Task<Singable> OnAsync(HubApp app)
    {
        var number = Interlocked.Increment(ref _songs);
        return new Singable(app, await app.AddTrackAsync(), await app.MemberAsync($"ann{number}"), await app.MemberAsync($"bob{number}"));
    }

    public Task<CueSheet> GetAsync() => App.Http.GetAsync(Lyrics).ReadAsync<CueSheet>();

    public Task<LyricRevisions> RevisionsAsync() => App.Http.GetAsync($"{Lyrics}/revisions").ReadAsync<LyricRevisions>();

    public Task<HttpResponseMessage> UploadAsync(Person person, string source, string query = "") =>
        person.Http.PutAsync(Lyrics + query, new StringContent(source));

    public Task<HttpResponseMessage> EditAsync(Person person, object sheet) =>
        person.Http.PutAsJsonAsync($"{Lyrics}/sheet", sheet, WireJson.Options);

    public Task<HttpResponseMessage> ShiftAsync(Person person, object shift) =>
        person.Http.PostAsJsonAsync($"{Lyrics}/shift", shift, WireJson.Options);

    public Task<HttpResponseMessage> RevertAsync(Person person, long revision) =>
        person.Http.PostAsync($"{Lyrics}/revisions/{revision}/revert", content: null);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
