namespace MusicSocial.Faults.History;

/// <summary>A promise that was broken.</summary>
/// <param name="Promise">Which, in a word: the columns of the report.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record Violation(string Promise, string Evidence)
{
    public const string Lost = "acknowledged and lost";
    public const string Doubled = "in history twice";
    public const string Phantom = "in history, never sent";
    public const string Hole = "hole or disorder";
    public const string Repeated = "delivered twice";
    public const string Diverged = "not converged";
    public const string Room = "room command lost or applied twice";
    public const string Disagreed = "nodes disagree on a room";
}
