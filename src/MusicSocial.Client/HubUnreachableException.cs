namespace MusicSocial.Client;

/// <summary>
/// No node could be reached in time, or the connection broke under a call that must not be repeated. Unlike a refusal this says nothing about
/// whether the call was done.
/// </summary>
public sealed class HubUnreachableException : IOException
{
    internal HubUnreachableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
