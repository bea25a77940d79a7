using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Wire;

/// <summary>Hub message <c>Frame</c>: events of one topic, in offset order.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Epoch">The numbering the offsets belong to.</param>
/// <param name="From">First offset covered; always the last offset received before, plus one.</param>
/// <param name="To">Last offset covered.</param>
/// <param name="Shown">How many of the covered events are included.</param>
/// <param name="Total">How many events are covered; more than <paramref name="Shown"/> when the frame is a sample.</param>
/// <param name="Events">The included events.</param>
public sealed record Frame(string Topic, string Epoch, long From, long To, int Shown, int Total, IReadOnlyList<TopicEvent> Events);

/// <summary>Hub message <c>Gap</c>: live delivery has stopped, because the client was too slow or the numbering restarted. Follow again to recover.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Epoch">The topic's present epoch.</param>
/// <param name="From">First offset of that epoch that was not delivered.</param>
/// <param name="To">Newest offset when delivery stopped.</param>
public sealed record Gap(string Topic, string Epoch, long From, long To);

/// <summary>Hub message <c>Draining</c>: this node is about to stop. Another one takes over where it left off.</summary>
/// <param name="RetryAfterMs">Close the connection now and come back after this many milliseconds, to any node.</param>
public sealed record Draining(int RetryAfterMs);

/// <summary>Hub message <c>Signal</c>: unnumbered news of one topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Signals">At most one per type for broadcast signals; cues one by one.</param>
public sealed record SignalBatch(string Topic, IReadOnlyList<TopicSignal> Signals);
