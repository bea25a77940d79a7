namespace MusicSocial.Server.Comments;

/// <summary>A comment of the host of the room it was written in, as a live event tells it: no sample leaves it out.</summary>
internal sealed record HostComment : Comment
{
    /// <summary>Name of <see cref="ByHost"/> on the wire.</summary>
    public const string Mark = "byHost";

    public HostComment(Comment comment)
        : base(comment)
    {
    }

    public bool ByHost { get; } = true;
}
