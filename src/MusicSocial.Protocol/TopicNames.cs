using System.Buffers;

namespace MusicSocial.Protocol;

/// <summary>The names of the hub's topics: <c>track:{id}</c>, <c>room:{id}</c>, <c>user:{id}</c>, <c>me:{id}</c>.</summary>
public static class TopicNames
{
    /// <summary>Prefix of <see cref="Track"/>.</summary>
    public const string TrackPrefix = "track";

    /// <summary>Prefix of <see cref="Room"/>.</summary>
    public const string RoomPrefix = "room";

    /// <summary>Prefix of <see cref="User"/>.</summary>
    public const string UserPrefix = "user";

    /// <summary>Prefix of <see cref="Me"/>.</summary>
    public const string MePrefix = "me";

    /// <summary>Comments and lyrics of a track.</summary>
    public static string Track(string trackId) => $"{TrackPrefix}:{trackId}";

    /// <summary>A room; its id, not its code.</summary>
    public static string Room(string roomId) => $"{RoomPrefix}:{roomId}";

    /// <summary>What a person plays, for those who may see it.</summary>
    public static string User(string userId) => $"{UserPrefix}:{userId}";

    /// <summary>A person's inbox, for that person only.</summary>
    public static string Me(string userId) => $"{MePrefix}:{userId}";
}

/// <summary>A checked topic name <c>prefix:key</c>: the prefix 1-16 of <c>a-z</c>, the key 1-128 of letters, digits and <c>-_.~</c> (ASCII).</summary>
/// <param name="Full">The whole name.</param>
/// <param name="Prefix">Names the kind.</param>
/// <param name="Key">Names the thing of that kind.</param>
public readonly record struct TopicName(string Full, string Prefix, string Key)
{
    private const int LongestPrefix = 16;
    private const int LongestKey = 128;

    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~");

    /// <summary>Refuses anything else with <c>topic.invalid</c>.</summary>
    public static TopicName Parse(string? name)
    {
        var colon = name?.IndexOf(':') ?? -1;
        if (name is null || colon is < 1 or > LongestPrefix || name.Length - colon - 1 is < 1 or > LongestKey
            || name.AsSpan(0, colon).ContainsAnyExcept(PrefixCharacters)
            || name.AsSpan(colon + 1).ContainsAnyExcept(KeyCharacters))
        {
            throw new RefusedException(TopicRefusals.Invalid);
        }

        return new(name, name[..colon], name[(colon + 1)..]);
    }
}
