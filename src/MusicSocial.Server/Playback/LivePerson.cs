using System.Collections.Immutable;

namespace MusicSocial.Server.Playback;

/// <summary>What becomes of a person's playback at a moment; the same object when nothing does.</summary>
internal delegate PersonPlayback PersonChange(PersonPlayback person, HubTime now);

/// <summary>A person's document as this node last knew it.</summary>
/// <param name="Revision">Of the document; 0 when there is none yet.</param>
/// <param name="Person">What it says.</param>
/// <param name="Postponed">What happened since and could not be written, because what the nodes share was away.</param>
/// <param name="UsedAt">When this node last had to do with it.</param>
/// <param name="ReadAt">When it was last known to be there.</param>
internal sealed record LivePerson(
    long Revision, PersonPlayback Person, ImmutableArray<PersonChange> Postponed, HubTime UsedAt, HubTime ReadAt)
{
    /// <summary>Changes postponed per person; the oldest are lost first.</summary>
    private const int MostPostponed = 32;

    public static LivePerson Unknown(HubTime now) => new(0, PersonPlayback.Nothing, [], now, now);

    /// <summary>The person with everything that happened, as if it had been written.</summary>
    public PersonPlayback At(HubTime now) => Postponed.Aggregate(Person, (person, change) => change(person, now));

    public LivePerson Postpone(PersonChange change) =>
        this with { Postponed = (Postponed.Length < MostPostponed ? Postponed : Postponed.RemoveAt(0)).Add(change) };
}
