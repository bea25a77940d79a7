using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace MusicSocial.Server.Hosting;

/// <summary>
/// Which proxies are believed when they say where a request came from: those on this machine, and those the setting <c>Proxies</c> names
/// (addresses or networks, separated by commas, e.g. <c>10.0.0.0/8</c>). Limits and join links depend on it.
/// </summary>
internal static class Proxies
{
    public const string Setting = "Proxies";

    public static void Trust(ForwardedHeadersOptions headers, IConfiguration configuration)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // Through as many proxies as are trusted; the first that is not is the client.
        headers.ForwardLimit = null;
        foreach (var name in (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (System.Net.IPNetwork.TryParse(name, out var network))
                headers.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(name, out var address))
                headers.KnownProxies.Add(address);
            else
                throw new InvalidOperationException($"{Setting}: {name} is neither an address nor a network such as 10.0.0.0/8.");
        }
    }
}
