using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using MusicSocial.Server.Hosting;

namespace MusicSocial.Server.Tests.Hosting;

public sealed class ProxiesTests
{
    [Fact]
    public void Proxies_and_networks_that_were_named_are_believed()
    {
        var headers = Trust("10.0.0.0/8, 192.0.2.7");

        Assert.Contains(headers.KnownIPNetworks, network => network.ToString() == "10.0.0.0/8");
        Assert.Contains(headers.KnownProxies, proxy => proxy.ToString() == "192.0.2.7");
    }

    [Fact]
    public void A_proxy_that_cannot_be_read_stops_the_start() =>
        Assert.Throws<InvalidOperationException>(() => Trust("my-proxy"));

    private static ForwardedHeadersOptions Trust(string proxies)
    {
        var headers = new ForwardedHeadersOptions();
        Proxies.Trust(headers, new ConfigurationBuilder().AddInMemoryCollection([new(Proxies.Setting, proxies)]).Build());
        return headers;
    }
}
