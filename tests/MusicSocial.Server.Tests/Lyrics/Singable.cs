using System.Net.Http.Json;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

/// <summary>A hub with one song of three minutes and two people with an account who may work on its lyrics.</summary>
internal sealed class Singable : IAsyncDisposable
{
    private Singable(HubApp app, Track track, Person ann, Person bob) => (App, Track, Ann, Bob) = (app, track, ann, bob);

    public HubApp App { get; }

    public Track Track { get; }

    public Person Ann { get; }

    public Person Bob { get; }

    public string Lyrics => $"/api/tracks/{Track.Id}/lyrics";

    public static async Task<Singable> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var app = new HubApp(settings: settings);
        return new Singable(app, await app.AddTrackAsync(), await app.MemberAsync("ann"), await app.MemberAsync("bob"));
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
