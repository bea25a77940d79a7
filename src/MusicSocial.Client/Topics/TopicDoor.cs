namespace MusicSocial.Client.Topics;

/// <summary>How one gets into a topic and out of it: plain following, or something of which following is a part.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Ask">Asks one connection for it, from a position on.</param>
/// <param name="LeaveAsync">Tells the hub that one is not interested any more.</param>
/// <param name="ShownOut">Whether a signal says that one may not follow any more, and why.</param>
internal sealed record TopicDoor(string Topic, AskForTopic Ask, Func<Task> LeaveAsync, Func<TopicSignal, RefusedException?> ShownOut);
