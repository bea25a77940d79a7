namespace MusicSocial.Realtime.Redis;

/// <summary>
/// Names of everything kept in Redis. All keys of one topic carry its name as hash tag, so that they share a slot of a Redis Cluster and
/// one script may touch them.
/// </summary>
/// <param name="prefix">Keeps several hubs apart on one server, e.g. <c>musicsocial</c>.</param>
/// <param name="database">The database of the keys. Channels are heard in all databases, so their names tell them apart.</param>
internal sealed class RedisKeys(string prefix, int database)
{
    /// <summary>The key of one aspect of a topic (or place, or document), e.g. <c>musicsocial:{track:abc}:events</c>.</summary>
    public string Of(string topic, string aspect) => $"{prefix}:{{{topic}}}:{aspect}";

    /// <summary>The channel of one aspect of a topic, e.g. <c>musicsocial@0:{track:abc}:bell</c>.</summary>
    public string ChannelOf(string topic, string aspect) => $"{prefix}@{database}:{{{topic}}}:{aspect}";
}
