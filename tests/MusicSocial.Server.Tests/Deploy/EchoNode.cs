using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>Stands in for a node behind a proxy: answers with what it was asked, or refuses with 503.</summary>
internal sealed class EchoNode : IAsyncDisposable
{
    /// <summary>Refused with 503, as when a database is away.</summary>
    public const string Refused = "/refused";

    /// <summary>Answered when <see cref="ReleaseHeld"/> is called.</summary>
    public const string Held = "/held";

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refusals;
    private int _held;

    private EchoNode(string name, WebApplication app)
    {
        _app = app;
        app.Run(http => AnswerAsync(name, http));
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>How often <see cref="Refused"/> was asked for.</summary>
    public int Refusals => _refusals;

    /// <summary>How many requests for <see cref="Held"/> have come so far.</summary>
    public int HeldRequests => _held;

    /// <summary>New hub connections are refused with 503.</summary>
    public bool IsDraining { get; set; }

    public static async Task<EchoNode> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var node = new EchoNode(name, builder.Build());
        await node._app.StartAsync();
        return node;
    }

    public void ReleaseHeld() => _released.TrySetResult();

    public ValueTask DisposeAsync()
    {
        ReleaseHeld();
        return _app.DisposeAsync();
    }

    private Task AnswerAsync(string name, HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (request.Path == Held)
        {
            Interlocked.Increment(ref _held);
            return _released.Task;
        }

        if (request.Path == Refused)
            Interlocked.Increment(ref _refusals);
        if (request.Path == Refused || (IsDraining && request.Path.StartsWithSegments("/hub", StringComparison.Ordinal)))
        {
            response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            return Task.CompletedTask;
        }

        return response.WriteAsJsonAsync(
            new Seen(name, request.Host.Value, request.Headers["X-Forwarded-For"].ToString(), request.Headers["X-Forwarded-Proto"].ToString()));
    }
}

/// <summary>A request as it reached a node.</summary>
internal sealed record Seen(string Node, string? Host, string ForwardedFor, string ForwardedProto);
