namespace MusicSocial.Client.Clock;

/// <summary>One question to the hub: asked and answered on this machine's clock, stamped by the hub in between.</summary>
internal readonly record struct Probe(double SentMs, double HubMs, double ReceivedMs)
{
    public double RoundTripMs => ReceivedMs - SentMs;

    /// <summary>Hub clock minus this machine's, were both ways equally long.</summary>
    public double OffsetMs => HubMs - ((SentMs + ReceivedMs) / 2);
}
