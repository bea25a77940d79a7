using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Server.Tests.Lyrics;

/// <summary>A server on loopback that speaks LRCLIB's API and remembers who asked what.</summary>
internal sealed class LyricsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _atOnce;

    private LyricsServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Title, string UserAgent, string Query, TimeSpan At)> Asked { get; } = [];

    /// <summary>The most questions that were open at a time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>What it answers, by title; what is not here it does not know.</summary>
    public ConcurrentDictionary<string, IResult> Answers { get; } = [];

    public string Address => _app.Urls.First();

    public static async Task<LyricsServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new LyricsServer(builder.Build());
        server._app.MapGet("/base/api/get", (Delegate)server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public static IResult Found(string? plain, string? synced) =>
        Results.Json(new { id = 7, trackName = "T", artistName = "A", albumName = "", duration = 180.0, instrumental = false, plainLyrics = plain, syncedLyrics = synced });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpContext http)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        await Task.Delay(20);
        Interlocked.Decrement(ref _atOnce);
        var title = http.Request.Query["track_name"].ToString();
        Asked.Enqueue((title, http.Request.Headers.UserAgent.ToString(), http.Request.QueryString.Value!, TimeProvider.System.GetElapsedTime(0)));
        return Answers.TryGetValue(title, out var answer)
            ? answer
            : Results.Json(new { message = "Failed to find specified track", name = "TrackNotFound", statusCode = 404 }, statusCode: 404);
    }
}
