using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Client.Connection;

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
