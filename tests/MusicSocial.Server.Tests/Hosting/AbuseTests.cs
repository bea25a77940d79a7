using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Server.Tests.Hosting;

/// <summary>What hostile clients send, at every door: a refusal, no change, and everybody else goes on.</summary>
public sealed class AbuseTests : IAsyncLifetime
{
    private const char End = '\u001e';

    private readonly Transcript _log = new();
    private HubApp _app = null!;
    private Person _ann = null!;

    public async Task InitializeAsync()
    {
        _app = new HubApp(
            settings: new()
            {
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Limits:HubCalls:PerSecond"] = "0.0001",
                ["Limits:HubCalls:Burst"] = "20",
                ["Limits:RefusedCallsBeforeAbort"] = "30",
            },
            services: services => services.AddSingleton<ILoggerProvider>(_log));
        _ann = await _app.GuestAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task The_hub_lets_nobody_in_without_a_good_token(string token)
    {
        using var socket = new ClientWebSocket();

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(HubUri(token), CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.Http.PostAsync("/hub/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task A_flooding_connection_is_refused_and_then_cut_off_while_others_go_on()
    {
        await using var flooding = await HubClient.ConnectAsync(_ann);
        await using var calm = await HubClient.ConnectAsync(await _app.GuestAsync("Bob"));
        var closed = new TaskCompletionSource();
        flooding.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        for (var i = 0; i < 20; i++)
            await flooding.CallAsync("Clock", 1);

        await flooding.RefusedAsync("rate.limited", "Clock", 1);
        for (var i = 0; i < 40 && !closed.Task.IsCompleted; i++)
            _ = flooding.CallAsync("Clock", 1).ContinueWith(call => call.Exception, TaskScheduler.Default);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await calm.CallAsync("Clock", 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flood_of_calls_that_cannot_be_made_is_cut_off_with_and_without_negotiation(bool negotiates)
    {
        using var flooding = await HandshakeAsync(negotiates ? await NegotiateAsync() : "");
        var hangsUp = ReceiveAsync(flooding, until: "never said");

        for (var call = 0; call < 40 && flooding.State == WebSocketState.Open; call++)
        {
            try
            {
                await SendAsync(flooding, call % 2 == 0 ? """{"type":1,"target":"NoSuchMethod","arguments":[]}""" : """{"type":3,"invocationId":"none","result":1}""");
            }
            catch (WebSocketException)
            {
                break;
            }
        }

        await hangsUp;
        Assert.NotEqual(WebSocketState.Open, flooding.State);
        await using var calm = await HubClient.ConnectAsync(await _app.GuestAsync("Bob"));
        await calm.CallAsync("Clock", 1);
    }

    [Fact]
    public async Task One_network_reads_only_so_much_and_others_read_on()
    {
        await using var app = new HubApp(settings: new() { ["Limits:Reads:PerSecond"] = "0.0001", ["Limits:Reads:Burst"] = "5" });
        string[] doors = ["/api/rooms", "/api/tracks", "/api/rooms", "/api/tracks?query=a", "/api/rooms"];
        foreach (var door in doors)
            Assert.Equal(HttpStatusCode.OK, (await ReadAsync(door, "192.0.2.1")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ReadAsync("/api/tracks", "192.0.2.1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync("/api/tracks", "192.0.2.2")).StatusCode);

        async Task<HttpResponseMessage> ReadAsync(string door, string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, door) { Headers = { { "X-Forwarded-For", from } } };
            return await app.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Unknown_methods_and_wrong_arguments_are_refusals_the_connection_survives()
    {
        using var socket = await HandshakeAsync();

        Assert.Contains("request.unknown", await CallAsync(socket, "DropTables", "[]"), StringComparison.Ordinal);
        Assert.Contains("request.malformed", await CallAsync(socket, "Clock", "[\"noon\"]"), StringComparison.Ordinal);
        Assert.Contains("request.malformed", await CallAsync(socket, "Clock", "[1,2]"), StringComparison.Ordinal);
        Assert.Contains("request.malformed", await CallAsync(socket, "Follow", "[{\"topic\":1},7]"), StringComparison.Ordinal);
        Assert.Contains("request.malformed", await CallAsync(socket, "PostComment", "[null]"), StringComparison.Ordinal);
        Assert.Contains("topic.invalid", await CallAsync(socket, "Follow", "[null,null]"), StringComparison.Ordinal);
        Assert.Contains("hubMs", await CallAsync(socket, "Clock", "[1]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_bomb_does_not_reach_the_hub()
    {
        using var socket = await HandshakeAsync();
        var deep = new string('[', 20_000) + new string(']', 20_000);

        var answer = await CallAsync(socket, "Follow", $"[{deep},null]");

        Assert.DoesNotContain("\"result\"", answer, StringComparison.Ordinal);
        await using var other = await HubClient.ConnectAsync(_ann);
        await other.CallAsync("Clock", 1);
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_the_connection_that_sent_it()
    {
        using var socket = await HandshakeAsync();

        var answer = await CallAsync(socket, "Follow", $"[\"track:{new string('x', 200_000)}\",null]");

        Assert.DoesNotContain("\"result\"", answer, StringComparison.Ordinal);
        await using var other = await HubClient.ConnectAsync(_ann);
        await other.CallAsync("Clock", 1);
    }

    [Fact]
    public async Task An_oversized_body_is_refused()
    {
        using var body = new StringContent("{\"displayName\":\"" + new string('x', 100_000) + "\"}", null, "application/json");

        await _app.Http.PostAsync("/api/accounts/guest", body).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Theory]
    [InlineData("/api/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/api/tracks/..%2f..%2fappsettings.json/audio", HttpStatusCode.NotFound)]
    [InlineData("/api/tracks?limit=many", HttpStatusCode.BadRequest)]
    public async Task Doors_that_are_not_there_say_so_with_a_code(string path, HttpStatusCode status)
    {
        using var answer = await _app.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("\"code\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/accounts/guest", HttpStatusCode.UnsupportedMediaType, "request.wrong_content_type")]
    [InlineData("DELETE", "/api/tracks", HttpStatusCode.MethodNotAllowed, "request.wrong_method")]
    [InlineData("POST", "/api/tracks/1/cover", HttpStatusCode.MethodNotAllowed, "request.wrong_method")]
    [InlineData("POST", "/api/nothing", HttpStatusCode.NotFound, "request.unknown")]
    public async Task A_door_tried_the_wrong_way_says_what_is_wrong(string method, string path, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", null, "text/plain") };

        await _app.Http.SendAsync(request).RefusedAsync(status, code);
    }

    [Theory]
    [InlineData("/api/tracks/none/audio", "audio/ogg", "track.not_found")]
    [InlineData("/api/rooms?cursor=none", "image/png", "request.bad_cursor")]
    [InlineData("/api/nothing", "text/html", "request.unknown")]
    public async Task A_client_that_accepts_something_else_is_told_the_refusal_all_the_same(string path, string accepts, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new(accepts) } } };

        using var answer = await _app.Http.SendAsync(request);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Clients_that_open_a_socket_and_are_gone_at_once_leave_no_error_behind()
    {
        var request = Encoding.ASCII.GetBytes(
            $"GET {HubUri(_ann.Session.AccessToken).PathAndQuery} HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        for (var i = 0; i < 100; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_app.Address.Host, _app.Address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(request);
            client.Client.Shutdown(SocketShutdown.Send);
            // The hub may answer or just hang up.
            await stream.CopyToAsync(Stream.Null).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await using var other = await HubClient.ConnectAsync(_ann);
        await other.CallAsync("Clock", 1);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("unhandled", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Tokens_are_in_no_log_at_any_level()
    {
        await using (var hub = await HubClient.ConnectAsync(_ann))
            await hub.CallAsync("Clock", 1);
        using var me = await _ann.Http.GetAsync("/api/accounts/me");

        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(_ann.Session.AccessToken[..40], StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("access_token=", StringComparison.Ordinal));
    }

    private Uri HubUri(string token) => new($"ws://{_app.Address.Authority}/hub?access_token={Uri.EscapeDataString(token)}");

    private async Task<string> NegotiateAsync()
    {
        using var answer = await _ann.Http.PostAsync("/hub/negotiate?negotiateVersion=1", null);
        using var negotiated = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return $"&id={negotiated.RootElement.GetProperty("connectionToken").GetString()}";
    }

    private async Task<ClientWebSocket> HandshakeAsync(string query = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(HubUri(_ann.Session.AccessToken) + query), CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await ReceiveAsync(socket, until: "{}");
        return socket;
    }

    private static async Task<string> CallAsync(ClientWebSocket socket, string method, string arguments)
    {
        await SendAsync(socket, $$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":{{arguments}}}""");
        return await ReceiveAsync(socket, until: "\"invocationId\"");
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    // What was heard until the wanted text, or until the server hung up.
    private static async Task<string> ReceiveAsync(ClientWebSocket socket, string until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[16 * 1024];
        var heard = "";
        while (!heard.Contains(until, StringComparison.Ordinal) && socket.State == WebSocketState.Open)
        {
            try
            {
                heard += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, patience.Token)).Count);
            }
            catch (WebSocketException)
            {
                break;
            }
        }

        return heard;
    }

    private sealed class Transcript : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // Owned by the test.
        }
    }
}
