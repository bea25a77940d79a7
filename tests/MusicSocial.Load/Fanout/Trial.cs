using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>One thing to measure: who serves whom, and how much is published.</summary>
/// <param name="Row">The row it belongs to.</param>
/// <param name="Server">What the row calls the server.</param>
/// <param name="Servers">The processes.</param>
/// <param name="Crowd">Everybody who listens and speaks.</param>
/// <param name="PerSecond">Events published per second, over all topics.</param>
internal sealed record Trial(string Row, string Server, IReadOnlyList<MeasuredServer> Servers, Crowd Crowd, double PerSecond)
{
    public Trial(string row, MeasuredServer server, Crowd crowd, double perSecond)
        : this(row, server.Name, [server], crowd, perSecond)
    {
    }

    /// <summary>Where on a curve it stands.</summary>
    public double Size { get; init; }

    /// <summary>How the crowd speaks.</summary>
    public Speech Speech { get; init; } = Speech.Notes;

    /// <summary>Topics that are spoken in; all unless said otherwise.</summary>
    public IReadOnlyList<HeardTopic>? Topics { get; init; }

    /// <summary>At the same rate before anything counts, so that the server's code is compiled as well as it gets.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long may pass after the last event until everybody has everything.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>While it counts.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromSeconds(6);
}
