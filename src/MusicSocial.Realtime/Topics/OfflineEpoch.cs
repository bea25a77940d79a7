namespace MusicSocial.Realtime.Topics;

/// <summary>Epochs of one node's own numbering, under which it goes on while the backplane is away.</summary>
internal static class OfflineEpoch
{
    /// <summary>Begins the name of every such epoch.</summary>
    public const string Prefix = "away-";

    /// <summary>Whether it is one.</summary>
    public static bool Is(string epoch) => epoch.StartsWith(Prefix, StringComparison.Ordinal);
}
