using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicSocial.Realtime.Topics;
using MusicSocial.Realtime.Transport;

namespace MusicSocial.Realtime.Tests.Rig;

/// <summary>The test hub at <c>/hub</c> behind a web server, in real time.</summary>
internal static class TestSite
{
    /// <summary>Starts it on whatever server the test <paramref name="uses"/>.</summary>
    public static async Task<WebApplication> StartAsync(
        Action<IWebHostBuilder> uses, Action<RealtimeOptions>? realtime = null, Action<HubOptions<TestHub>>? hub = null,
        Action<WebApplication>? pipeline = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        uses(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ITopicKind, TestKind>();
        builder.Services.AddRealtime(realtime);
        builder.Services.AddTopicHub<TestHub>().AddHubOptions<TestHub>(options =>
        {
            options.AddFilter(new RefusalFilter());
            hub?.Invoke(options);
        });
        var site = builder.Build();
        pipeline?.Invoke(site);
        site.MapTopicHub<TestHub>("/hub", endpoint =>
        {
            endpoint.CloseOnAuthenticationExpiration = true;
            endpoint.WebSockets.CloseTimeout = TimeSpan.FromMilliseconds(500);
        });
        await site.StartAsync();
        return site;
    }

    /// <summary>Starts it on real sockets of this machine.</summary>
    public static Task<WebApplication> StartOnSocketsAsync(Action<RealtimeOptions>? realtime = null, Action<HubOptions<TestHub>>? hub = null) =>
        StartAsync(host => host.UseUrls("http://127.0.0.1:0"), realtime, hub);

    /// <summary>Starts it on real sockets, encrypted.</summary>
    public static Task<WebApplication> StartEncryptedAsync() =>
        StartAsync(host => host.UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate()))));

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }
}
