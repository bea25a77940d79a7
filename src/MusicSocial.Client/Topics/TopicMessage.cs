using MusicSocial.Client.Connection;

namespace MusicSocial.Client.Topics;

/// <summary>What a connection brought for one topic.</summary>
/// <param name="From">The connection.</param>
/// <param name="Frame">Events; null when the topic has to be asked for anew (a new connection, a gap).</param>
internal readonly record struct TopicMessage(HubSocket From, Frame? Frame);
