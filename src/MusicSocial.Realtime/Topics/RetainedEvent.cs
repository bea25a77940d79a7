namespace MusicSocial.Realtime.Topics;

/// <summary>An event in a ring.</summary>
/// <param name="Event">The event.</param>
/// <param name="HiddenBut">Null when everybody sees it; otherwise only this person does, nobody if empty: the others see a sample without it.</param>
internal readonly record struct RetainedEvent(TopicEvent Event, string? HiddenBut)
{
    /// <summary>Whether it is in what <paramref name="userId"/> sees.</summary>
    public bool IsShownTo(string? userId) => HiddenBut is null || HiddenBut == userId;
}
