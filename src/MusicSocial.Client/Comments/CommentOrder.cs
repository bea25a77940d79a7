namespace MusicSocial.Client.Comments;

/// <summary>How a list of comments is sorted.</summary>
public enum CommentOrder
{
    /// <summary>By time, the latest first.</summary>
    Newest,

    /// <summary>By time, the first first.</summary>
    Oldest,

    /// <summary>By the moment of the song they are pinned to.</summary>
    Position,

    /// <summary>By likes.</summary>
    Hot,
}
