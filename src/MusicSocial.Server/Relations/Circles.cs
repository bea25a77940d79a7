namespace MusicSocial.Server.Relations;

/// <summary>
/// Decides whether a person is in a circle of another: the one place that does. Circles lie within each other: close friends are in that of mutual followers,
/// and those in that of followers. A block, in either direction, is stronger than any circle.
/// </summary>
internal sealed class Circles(FollowStore follows, Blocks blocks)
{
    /// <summary>Those of the owners whose circle the viewer is in. Owners are in their own circles, save in <see cref="Audience.Nobody"/>.</summary>
    /// <param name="viewerId">The person who wants to see something.</param>
    /// <param name="circles">The circle each owner shows it to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlySet<string>> OpenToAsync(
        string viewerId, IReadOnlyDictionary<string, Audience> circles, CancellationToken cancellationToken)
    {
        var lists = await blocks.ListsOfAsync([.. circles.Keys, viewerId], cancellationToken);
        var open = new HashSet<string>();
        var unsure = new List<string>();
        foreach (var (ownerId, circle) in circles)
        {
            if (circle == Audience.Nobody || lists[ownerId].Blocked.Contains(viewerId) || lists[viewerId].Blocked.Contains(ownerId))
                continue;
            if (circle == Audience.Everyone || ownerId == viewerId || lists[ownerId].Close.Contains(viewerId))
                open.Add(ownerId);
            else if (circle is Audience.Followers or Audience.Mutual)
                unsure.Add(ownerId);
        }

        if (unsure.Count > 0)
        {
            var followed = await follows.FollowedOfAsync(viewerId, unsure, cancellationToken);
            open.UnionWith(followed.Where(follow => follow.Value || circles[follow.Key] == Audience.Followers).Select(follow => follow.Key));
        }

        return open;
    }

    /// <summary>Whether the viewer is in this circle of the owner.</summary>
    public async Task<bool> IsOpenToAsync(string viewerId, string ownerId, Audience circle, CancellationToken cancellationToken) =>
        (await OpenToAsync(viewerId, new Dictionary<string, Audience> { [ownerId] = circle }, cancellationToken)).Count > 0;
}
