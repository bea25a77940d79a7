using System.Collections.Frozen;

namespace MusicSocial.Realtime.Topics;

/// <summary>One connection following one topic: where it stands. There is no queue here: what it has not got is in the topic's ring.</summary>
internal sealed class Follower(TopicConnection connection, TopicName topic, ITopicKind kind, string userId)
{
    public TopicConnection Connection { get; } = connection;

    public TopicName Topic { get; } = topic;

    public ITopicKind Kind { get; } = kind;

    public string UserId { get; } = userId;

    /// <summary>Authors whose events it is not shown: an immutable set, replaced as a whole.</summary>
    public IReadOnlySet<string> HiddenAuthors { get; set; } = FrozenSet<string>.Empty;

    // Guarded by the connection's FollowedTopics.

    /// <summary>The live topic it holds, once it does.</summary>
    public LiveTopic? Live { get; set; }

    public bool HasLeft { get; set; }

    /// <summary>Whether the kind was notified of the follow, and so must be notified of its end.</summary>
    public bool IsAnnounced { get; set; }

    // Guarded by the connection's ConnectionWriter.

    public bool IsInLine { get; set; }

    // Guarded by the live topic.

    public FollowerStage Stage { get; set; }

    /// <summary>Counts follows of the same topic, so that an answer overtaken by a newer follow changes nothing.</summary>
    public int Attempt { get; set; }

    public string Epoch { get; set; } = "";

    /// <summary>Last offset handed to the connection.</summary>
    public long Sent { get; set; }

    public long SignalsSeen { get; set; }

    /// <summary>Timestamp at which the last answer was made.</summary>
    public long AnsweredAt { get; set; }
}

/// <summary>What may be sent to a follower.</summary>
internal enum FollowerStage
{
    /// <summary>Nothing: its answer is not written yet.</summary>
    Joining,

    /// <summary>Frames and signals.</summary>
    Live,

    /// <summary>Nothing: it got a gap and must follow again.</summary>
    Gapped,

    /// <summary>Nothing, ever.</summary>
    Left,
}
