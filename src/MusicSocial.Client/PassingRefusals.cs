namespace MusicSocial.Client;

/// <summary>What becomes of a refusal that passes by itself.</summary>
public enum PassingRefusals
{
    /// <summary>The call is repeated after the time the refusal names, as long as it may take.</summary>
    AskAgain,

    /// <summary>The caller gets it as a <see cref="RefusedException"/>.</summary>
    Tell,
}
