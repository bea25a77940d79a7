namespace MusicSocial.Server.Playback;

/// <summary>What privacy must know about the follow graph. Friends show now playing and so stand above this slice; this seam lets them answer from there.</summary>
internal interface IFriendCircle
{
    /// <summary>Those of <paramref name="others"/> whom the person follows and who follow back.</summary>
    Task<IReadOnlySet<string>> MutualAsync(string userId, IReadOnlyCollection<string> others, CancellationToken cancellationToken);
}
