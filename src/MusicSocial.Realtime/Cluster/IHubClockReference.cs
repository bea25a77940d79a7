
namespace MusicSocial.Realtime.Cluster;

/// <summary>The authority all nodes align their hub clock to: the process clock alone, Redis <c>TIME</c> in a cluster.</summary>
public interface IHubClockReference
{
    /// <summary>Asks the authority for its present time.</summary>
    ValueTask<HubTime> ReadAsync(CancellationToken cancellationToken);
}
