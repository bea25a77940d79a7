using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// The hub's door: counts a connection's calls and turns refusals into a HubException whose message is the JSON object
/// <c>{code, message, retryAfterMs?, line?}</c>. Anything else stays a masked bug.
/// </summary>
internal sealed partial class RefusalHubFilter(HubFloodGuard flood, ILogger<RefusalHubFilter> logger) : IHubFilter
{
    private sealed record Answer(string Code, string Message, double? RetryAfterMs, int? Line);

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

    /// <summary>The refusal in hub words.</summary>
    public static HubException ToHubException(Refusal refusal) =>
        new(JsonSerializer.Serialize(
            new Answer(refusal.Code, refusal.Message, refusal.RetryAfter?.TotalMilliseconds, refusal.Line), WireJson.Options));

    [LoggerMessage(Level = LogLevel.Error, Message = "Hub method {Method} failed.")]
    private static partial void LogBug(ILogger logger, Exception exception, string method);
}
