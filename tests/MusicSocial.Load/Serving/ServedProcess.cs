using Microsoft.AspNetCore.Builder;

namespace MusicSocial.Load.Serving;

internal static class ServedProcess
{
    /// <summary>Runs until whoever started this process ends, however it ends: its end of the standard input closes.</summary>
    public static async Task RunWhileWantedAsync(this WebApplication app)
    {
        await app.StartAsync();
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        await app.StopAsync(new CancellationToken(canceled: true));
    }
}
