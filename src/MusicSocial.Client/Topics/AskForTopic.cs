using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Topics;

/// <summary>Asks one connection for a topic, from a position on.</summary>
internal delegate Task<FollowAnswer> AskForTopic(HubSocket socket, TopicPosition? since, CancellationToken cancellationToken);
