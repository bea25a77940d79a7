using System.Net;
using System.Net.Sockets;

namespace MusicSocial.Server.Limits;

/// <summary>The network a request comes from, as limits count it. A home connection has one IPv4 address or 2^64 IPv6 ones, so IPv6 is counted by its first 64 bits.</summary>
/// <param name="Name">An IPv4 address, or the first 64 bits of an IPv6 one; <c>local</c> when there is none.</param>
/// <param name="Wide">The first 48 bits of an IPv6 address, which one customer may have whole: it may do ten times as much. Null for IPv4.</param>
/// <param name="IsLocal">Whether it is this machine.</param>
public sealed record ClientNetwork(string Name, string? Wide, bool IsLocal = false)
{
    /// <summary>Minimal-API binding: where the request comes from, behind the proxies that are trusted.</summary>
    public static ValueTask<ClientNetwork?> BindAsync(HttpContext context) => ValueTask.FromResult<ClientNetwork?>(Of(context));

    /// <summary>Where the request comes from, behind the proxies that are trusted.</summary>
    public static ClientNetwork Of(HttpContext? context) => Of(context?.Connection.RemoteIpAddress);

    /// <summary>The network of an address.</summary>
    public static ClientNetwork Of(IPAddress? address) => address switch
    {
        null => new("local", null, IsLocal: true),
        { IsIPv4MappedToIPv6: true } => Of(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new(Prefix(address, 64), Prefix(address, 48), IPAddress.IsLoopback(address)),
        _ => new(address.ToString(), null, IPAddress.IsLoopback(address)),
    };

    private static string Prefix(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
