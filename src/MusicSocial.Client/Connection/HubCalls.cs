using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Client.Connection;

/// <summary>Calls to the hub that outlive connections: repeated on the next one where that is safe, and where a refusal passes.</summary>
internal sealed class HubCalls(HubLink link, MusicSocialClientOptions options)
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(250);

    public Task CallAsync(string method, object?[] arguments, Repeatability repeatability, CancellationToken cancellationToken) =>
        CallAsync<object?>(method, arguments, repeatability, cancellationToken);

    public async Task<T> CallAsync<T>(string method, object?[] arguments, Repeatability repeatability, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.CallTimeout);
        Exception? last = null;
        try
        {
            while (true)
            {
                var socket = await link.SocketAsync(patience.Token);
                try
                {
                    return await socket.InvokeAsync<T>(method, arguments, patience.Token);
                }
                catch (HubException exception) when (RefusalReading.Of(exception) is { } refused)
                {
                    last = await WaitOutAsync(refused, patience.Token);
                }
                catch (Exception exception) when (exception is not HubException && !patience.IsCancellationRequested)
                {
                    last = exception;
                    if (repeatability == Repeatability.Once)
                        throw new HubUnreachableException($"The connection broke under {method}.", exception);
                    await Task.WhenAny(socket.Gone, Task.Delay(ShortWait, options.Time, patience.Token));
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw last is RefusedException refused ? refused : new HubUnreachableException($"No answer to {method} in time.", last);
        }
    }

    // The refusal, once it may have passed; thrown when it does not pass.
    private async Task<RefusedException> WaitOutAsync(RefusedException refused, CancellationToken cancellationToken)
    {
        if (!options.RetryRefusals || !refused.Refusal.Kind.MayBeRetried())
            throw refused;
        await Task.Delay(refused.Refusal.RetryAfter ?? ShortWait, options.Time, cancellationToken);
        return refused;
    }
}

/// <summary>Whether a call may be repeated when its outcome is unknown.</summary>
internal enum Repeatability
{
    /// <summary>Repeating it changes nothing.</summary>
    Repeatable,

    /// <summary>Repeating it would do it twice.</summary>
    Once,
}

/// <summary>Reads the hub's refusals out of what SignalR makes of them.</summary>
internal static class RefusalReading
{
    /// <summary>The refusal in an error completion; null when the failure is not one (the server masked it).</summary>
    public static RefusedException? Of(HubException exception)
    {
        var start = exception.Message.IndexOf('{', StringComparison.Ordinal);
        return start >= 0 && RefusalJson.Read(exception.Message[start..]) is { } refusal ? new RefusedException(refusal) : null;
    }
}
