using System.Net.Http.Json;
using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>Guests of the whole product who follow its songs.</summary>
internal static class ProductCrowd
{
    private const int Guests = 50;

    /// <summary>Seats so many listeners at the first <paramref name="songs"/> songs in turn.</summary>
    public static async Task<Crowd> GatherAsync(MeasuredServer server, int listeners, int songs)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var tokens = new List<string>();
        for (var i = 0; i < Guests; i++)
            tokens.Add(await SignInAsync(http));
        var tracks = await TracksAsync(http, songs);
        var crowd = new Crowd(number => $"/hub?access_token={Uri.EscapeDataString(tokens[number % Guests])}");
        for (var i = 0; i < listeners; i++)
            crowd.Add(new Listener(i, server.Port), $"track:{tracks[i % songs].Id}");
        crowd.Arrive(atOnce: 200, Delivering.Patience);
        return crowd;
    }

    private static async Task<string> SignInAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync("/api/accounts/guest", new { displayName = "Load" });
        return (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Options))!.AccessToken;
    }

    private static async Task<IReadOnlyList<Track>> TracksAsync(HttpClient http, int atLeast)
    {
        while (true)
        {
            var page = await http.GetFromJsonAsync<Page<Track>>("/api/tracks?limit=200", WireJson.Options);
            if (page!.Items.Count >= atLeast)
                return page.Items;
            await Task.Delay(50);
        }
    }
}
