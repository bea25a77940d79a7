namespace MusicSocial.Realtime.Redis;

/// <summary>
/// Names of everything kept in Redis. All keys of one topic carry its name as hash tag, so that they share a slot of a Redis Cluster and
/// one script may touch them.
/// </summary>
/// <param name="prefix">Keeps several hubs apart on one server, e.g. <c>musicsocial</c>.</param>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>The key of one aspect of a topic (or place, or document), e.g. <c>musicsocial:{track:abc}:events</c>.</summary>
    public string Of(string topic, string aspect) => $"{prefix}:{{{topic}}}:{aspect}";
}
