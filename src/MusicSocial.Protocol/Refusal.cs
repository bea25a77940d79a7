namespace MusicSocial.Protocol;

/// <summary>
/// A "no" with a reason: the stable code clients act on and a sentence for people. Refusals are answers, not bugs:
/// nothing was changed.
/// </summary>
/// <param name="Code">Dotted and stable, e.g. <c>room.full</c>; every code is listed in docs/protocol.md.</param>
/// <param name="Message">One English sentence; wording may change.</param>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>When trying again makes sense; <c>null</c> when it does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The line of the refused input (1-based), where there is one.</summary>
    public int? Line { get; init; }
}

/// <summary>Carries a <see cref="Refusal"/> to the edge of the hub, which turns it into ProblemDetails (HTTP) or a HubException (hub); thrown to callers of the C# client.</summary>
/// <param name="refusal">What was refused and why.</param>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>What was refused and why.</summary>
    public Refusal Refusal { get; } = refusal;
}
