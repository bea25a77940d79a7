using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Sync;

namespace MusicSocial.Realtime.Topics;

/// <summary>The kinds of topics the features registered, by prefix.</summary>
internal sealed class TopicKinds(IServiceProvider services)
{
    // Kinds publish through ITopics themselves, so they can only be made after it.
    private readonly Lazy<FrozenDictionary<string, ITopicKind>> _byPrefix =
        new(() => services.GetServices<ITopicKind>().ToFrozenDictionary(kind => kind.Prefix, StringComparer.Ordinal));

    /// <summary>Refuses unknown prefixes with <c>topic.unknown</c>.</summary>
    public ITopicKind For(TopicName topic) =>
        _byPrefix.Value.TryGetValue(topic.Prefix, out var kind) ? kind : throw new RefusedException(TopicRefusals.Unknown);
}
