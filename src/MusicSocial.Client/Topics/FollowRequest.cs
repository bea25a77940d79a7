using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Topics;

/// <summary>How a topic is followed and left: with <c>Follow</c>, or with a call that includes following, such as <c>JoinRoom</c>.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Ask">Follows on one connection, from a position on.</param>
/// <param name="LeaveAsync">Ends following at the hub.</param>
/// <param name="EndedBy">The refusal, when a signal says that this client may not follow any more.</param>
internal sealed record FollowRequest(
    string Topic, Func<HubSocket, TopicPosition?, CancellationToken, Task<FollowAnswer>> Ask, Func<Task> LeaveAsync,
    Func<TopicSignal, RefusedException?> EndedBy);

/// <summary>What a connection received for one topic.</summary>
/// <param name="From">The connection.</param>
/// <param name="Frame">Events; null when the topic has to be asked for again (a new connection, a gap).</param>
internal readonly record struct TopicMessage(HubSocket From, Frame? Frame);
