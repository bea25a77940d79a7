using System.Net;

namespace MusicSocial.Client.Connection;

/// <summary>A node answered the knock at the hub with a status: the token is not good, or the node drains.</summary>
internal sealed class HubTurnedAwayException(HttpStatusCode status, Exception innerException)
    : IOException($"The node answered {(int)status}.", innerException)
{
    public bool WantsNewToken => status == HttpStatusCode.Unauthorized;
}
