using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Topics;
using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Reactions;

/// <summary>Emoji of the followers of a topic: a signal, summed per tick and stored nowhere.</summary>
internal sealed class EmojiReactions(ITopicPublisher publisher, ITopicSubscriptions subscriptions, RateLimiter limiter, IOptions<LimitOptions> limits)
{
    /// <summary>Longest emoji in UTF-16 units: a family of four with skin tones has 27.</summary>
    private const int Longest = 32;

    public static readonly Refusal Invalid = new("reaction.invalid", RefusalKind.Invalid, "A reaction is one emoji.");
    public static readonly Refusal NotFollowed = new("reaction.not_followed", RefusalKind.Invalid, "Follow the topic first.");

    /// <summary>Adds one reaction of a follower; refuses what is not one emoji.</summary>
    public async Task ReactAsync(string connectionId, string userId, string? topic, string? emoji, CancellationToken cancellationToken)
    {
        if (topic is null || !subscriptions.IsFollowing(connectionId, topic))
            throw new RefusedException(NotFollowed);
        if (!IsEmoji(emoji))
            throw new RefusedException(Invalid);
        limiter.Acquire("reaction", userId, limits.Value.Reactions);
        await publisher.TallyAsync(topic, "reactions", emoji!, 1, cancellationToken);
    }

    private static bool IsEmoji(string? text) =>
        text is { Length: > 0 and <= Longest }
        && StringInfo.GetNextTextElementLength(text) == text.Length
        && Rune.TryGetRuneAt(text, 0, out var first)
        && (Rune.GetUnicodeCategory(first) == UnicodeCategory.OtherSymbol || IsShownAsEmoji(text, first));

    // Digits, arrows and punctuation become emoji by the variation selector behind them: 1️⃣, ↔️, ‼️.
    private static bool IsShownAsEmoji(string text, Rune first) => text.Contains('\uFE0F') && !Rune.IsLetter(first) && !Rune.IsWhiteSpace(first);
}
