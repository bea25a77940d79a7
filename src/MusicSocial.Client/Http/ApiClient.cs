using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MusicSocial.Client.Accounts;
using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Http;

/// <summary>The HTTP half of the wire: JSON in and out over a node that answers; refusals are thrown.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly NodeRing _nodes;
    private readonly MusicSocialClientOptions _options;

    public ApiClient(NodeRing nodes, MusicSocialClientOptions options)
    {
        (_nodes, _options) = (nodes, options);
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
        Tokens = new Tokens(
            (request, cancellationToken) =>
                SendAsync<Session>(
                    HttpMethod.Post, "/api/accounts/refresh", JsonOf(request), Bearer.None, Repeatability.Repeatable, cancellationToken),
            options.Time);
    }

    public Tokens Tokens { get; }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, () => null, Bearer.IfSignedIn, Repeatability.Repeatable, cancellationToken);

    public Task<T> PostAsync<T>(string path, object body, Bearer bearer, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, path, JsonOf(body), bearer, Repeatability.Once, cancellationToken);

    public Task<T> PatchAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Patch, path, JsonOf(body), Bearer.Required, Repeatability.Repeatable, cancellationToken);

    public Task<T> PutAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(
            HttpMethod.Put, path, body is null ? () => null : JsonOf(body), Bearer.Required, Repeatability.Repeatable, cancellationToken);

    public Task<T> PutBytesAsync<T>(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        SendAsync<T>(
            HttpMethod.Put, path, () => new ReadOnlyMemoryContent(bytes), Bearer.Required, Repeatability.Repeatable, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Delete, path, () => null, Bearer.Required, Repeatability.Repeatable, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Delete, path, JsonOf(body), Bearer.Required, Repeatability.Once, cancellationToken);

    public void Dispose()
    {
        Tokens.Dispose();
        _http.Dispose();
    }

    // A hub may be reached under a path of its host.
    private static Uri AddressOf(Uri node, string path) => new(node.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    private static Func<HttpContent?> JsonOf(object body) => () => JsonContent.Create(body, body.GetType(), options: WireJson.Options);

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, Func<HttpContent?> content, Bearer bearer, Repeatability repeatability, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.CallTimeout);
        var backOff = new BackOff(_options.FirstBackOff, _options.LongestBackOff, Random.Shared);
        var distrusted = false;
        Exception? last = null;
        try
        {
            while (true)
            {
                var node = _nodes.Current;
                var token = await TokenAsync(bearer, patience.Token);
                try
                {
                    return await AttemptAsync<T>(method, AddressOf(node, path), content, token, repeatability, patience.Token);
                }
                catch (UnsuccessfulResponseException exception) when (exception.IsUnauthorized && token is not null && !distrusted)
                {
                    distrusted = true;
                    Tokens.Invalidate(token);
                    continue;
                }
                catch (UnsuccessfulResponseException exception) when (exception.MayBeRetried && _options.RetryRefusals)
                {
                    last = exception.Reason;
                    await Task.Delay(exception.RetryAfter ?? backOff.Next(), _options.Time, patience.Token);
                }
                catch (UnsuccessfulResponseException exception)
                {
                    throw exception.Reason;
                }
                catch (Exception exception) when (!patience.IsCancellationRequested && MayAskAgain(repeatability, exception))
                {
                    last = exception;
                    await Task.Delay(backOff.Next(), _options.Time, patience.Token);
                }

                _nodes.Leave(node);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw last as RefusedException as Exception ?? new HubUnreachableException($"No answer to {method} {path} in time.", last);
        }
    }

    private async Task<T> AttemptAsync<T>(
        HttpMethod method, Uri address, Func<HttpContent?> content, string? token, Repeatability repeatability, CancellationToken cancellationToken)
    {
        // A node may take the question and never answer: leave time to ask another one.
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (repeatability == Repeatability.Repeatable)
            attempt.CancelAfter(_options.CallTimeout / 4);
        using var request = new HttpRequestMessage(method, address) { Content = content() };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, attempt.Token);
        if (answer.IsSuccessStatusCode)
            return await ReadAsync<T>(answer, attempt.Token);
        throw new UnsuccessfulResponseException(
            answer.StatusCode, RefusalJson.Read(await answer.Content.ReadAsStringAsync(attempt.Token)));
    }

    private async Task<string?> TokenAsync(Bearer bearer, CancellationToken cancellationToken) =>
        bearer == Bearer.None || (bearer == Bearer.IfSignedIn && Tokens.Session is null)
            ? null
            : await Tokens.AccessTokenAsync(cancellationToken);

    // A request that never left may be sent again; one that did, only when repeating it is harmless.
    private static bool MayAskAgain(Repeatability repeatability, Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        HttpRequestException or IOException or OperationCanceledException => repeatability == Repeatability.Repeatable,
        _ => false,
    };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.StatusCode == HttpStatusCode.NoContent || typeof(T) == typeof(Nothing)
            ? default!
            : (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellationToken))!;
}

/// <summary>Whether a request carries the access token.</summary>
internal enum Bearer
{
    /// <summary>Never: the request signs in.</summary>
    None,

    /// <summary>When signed in: the answer has more in it then.</summary>
    IfSignedIn,

    /// <summary>Always.</summary>
    Required,
}

/// <summary>The answer of a call without one.</summary>
internal readonly record struct Nothing;

/// <summary>An answer without success: a refusal, or the status of a proxy or node that gave none.</summary>
internal sealed class UnsuccessfulResponseException(HttpStatusCode status, Refusal? refusal) : Exception
{
    public bool IsUnauthorized => status == HttpStatusCode.Unauthorized;

    public bool MayBeRetried =>
        refusal?.Kind.MayBeRetried() ?? status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    public TimeSpan? RetryAfter => refusal?.RetryAfter;

    /// <summary>What the caller of the client gets.</summary>
    public Exception Reason { get; } =
        refusal is null ? new HttpRequestException($"The node answered {(int)status}.", null, status) : new RefusedException(refusal);
}
