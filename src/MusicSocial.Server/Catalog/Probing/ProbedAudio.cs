namespace MusicSocial.Server.Catalog.Probing;

/// <summary>What an audio file says about itself.</summary>
/// <param name="Duration">Above zero.</param>
/// <param name="Title">As tagged.</param>
/// <param name="Artist">As tagged.</param>
/// <param name="Album">As tagged.</param>
/// <param name="HasPicture">Whether a cover lies inside the file.</param>
internal sealed record ProbedAudio(TimeSpan Duration, string? Title, string? Artist, string? Album, bool HasPicture)
{
    /// <summary>Texts of tags that promise lyrics, those that promise times first.</summary>
    public IReadOnlyList<string> Lyrics { get; init; } = [];
}
