using System.Buffers;
using MusicSocial.Sync;

namespace MusicSocial.Realtime.Topics;

/// <summary>A checked topic name <c>prefix:key</c>: the prefix 1-16 of <c>a-z</c>, the key 1-128 of letters, digits and <c>-_.~</c> (ASCII).</summary>
/// <param name="Full">The whole name.</param>
/// <param name="Prefix">Names the kind.</param>
/// <param name="Key">Names the thing of that kind.</param>
internal readonly record struct TopicName(string Full, string Prefix, string Key)
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
