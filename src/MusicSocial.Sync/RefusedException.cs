namespace MusicSocial.Sync;

/// <summary>Carries a <see cref="Refusal"/> to the door, which turns it into ProblemDetails (HTTP) or a HubException (hub).</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>What was refused and why.</summary>
    public Refusal Refusal { get; } = refusal;
}
