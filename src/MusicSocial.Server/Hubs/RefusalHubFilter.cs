using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Server.Hubs;

/// <summary>
/// Counts a connection's calls and turns refusals into a HubException whose message is the JSON object
/// <c>{code, kind, message, retryAfterMs?, line?}</c>. Anything else stays a masked bug.
/// </summary>
internal sealed partial class RefusalHubFilter(HubFloodGuard flood, ILogger<RefusalHubFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            flood.Count(invocationContext.Context);
            return await next(invocationContext);
        }
        catch (RefusedException refused)
        {
            throw ToHubException(refused.Refusal);
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not HubException)
        {
            LogBug(logger, exception, invocationContext.HubMethodName);
            throw;
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (RefusedException refused)
        {
            // It closes the connection, with the refusal as the reason.
            throw ToHubException(refused.Refusal);
        }
    }

    /// <summary>The refusal as SignalR reports it to a client.</summary>
    public static HubException ToHubException(Refusal refusal) => new(RefusalJson.Write(refusal));

    [LoggerMessage(Level = LogLevel.Error, Message = "Hub method {Method} failed.")]
    private static partial void LogBug(ILogger logger, Exception exception, string method);
}
