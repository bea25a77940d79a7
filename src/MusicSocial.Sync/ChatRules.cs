using System.Text;

namespace MusicSocial.Sync;

/// <summary>Who may speak in a room's chat, and how often. What is said is kept beside the room, not in it.</summary>
public static class ChatRules
{
    /// <summary>What a message becomes in a room. Refuses <c>room.word_refused</c> and <c>room.links_too_soon</c>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="by">User id of the speaker.</param>
    /// <param name="text">What they want to say.</param>
    /// <param name="since">When the speaker came, where the room does not know them; null when that is not known either.</param>
    /// <param name="now">The present.</param>
    public static string Review(Room room, string by, string text, HubTime? since, HubTime now)
    {
        if (room.RoleOf(by) > RoomRole.Listener)
        {
            return text;
        }

        var wait = room.Settings.LinksAfter - (now - (room.Member(by)?.Since ?? since ?? now));
        if (wait > TimeSpan.Zero && HasLink(text))
        {
            throw new RefusedException(RoomRefusals.LinksTooSoon(wait));
        }

        return WordRules.Apply(room.Settings.WordRules, text);
    }

    // What clients make links of, and what readers would type off: a scheme, www, or a name with a common ending before a slash or the end of the word.
    private static bool HasLink(string text) => text.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(word =>
        word.Contains("://", StringComparison.Ordinal) || word.Contains("www.", StringComparison.OrdinalIgnoreCase) || LooksLikeHost(word.TrimEnd('.', ',', '!', '?', ')', ':', ';')));

    private static bool LooksLikeHost(string word)
    {
        var host = word.Split('/', '?', '#')[0];
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.Length - dot - 1 is >= 2 and <= 24 && host.AsSpan(dot + 1).IndexOfAnyExceptInRange('A', 'z') < 0 && char.IsLetterOrDigit(host[dot - 1]);
    }

    /// <summary>Refuses (<c>room.chat_off</c>, <c>room.chat_paused</c>, <c>room.slow_mode</c>) what the room does not let <paramref name="by"/> say now.</summary>
    /// <param name="room">The room.</param>
    /// <param name="by">User id of the speaker.</param>
    /// <param name="lastSaidAt">When they last spoke here; null when never.</param>
    /// <param name="now">The present.</param>
    public static void Check(Room room, string by, HubTime? lastSaidAt, HubTime now)
    {
        if (!room.Settings.ChatEnabled)
        {
            throw new RefusedException(RoomRefusals.ChatOff);
        }

        if (room.RoleOf(by) > RoomRole.Listener)
        {
            return;
        }

        if (room.ChatPausedUntil is { } until && until > now)
        {
            throw new RefusedException(RoomRefusals.ChatPaused(until - now));
        }

        if (lastSaidAt is { } last && last + room.Settings.SlowMode is var next && next > now)
        {
            throw new RefusedException(RoomRefusals.SlowMode(next - now));
        }
    }
}
