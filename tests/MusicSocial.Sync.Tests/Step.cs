using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Sync.Tests;

/// <summary>One thing that happens in a generated script; numbers stand for people, items and places, and shrink.</summary>
public sealed record Step(int Kind, int Who, int Whom, int Number, int WaitMs)
{
    public static Arbitrary<Step[]> Scripts { get; } = Arb.From(
        Gen.ArrayOf(
            from kind in Gen.Choose(0, RoomPlay.Kinds - 1)
            from who in Gen.Choose(0, 5)
            from whom in Gen.Choose(0, 5)
            from number in Gen.Choose(-2, 40)
            from wait in Gen.Frequency((6, Gen.Choose(0, 4_000)), (2, Gen.Choose(0, 60_000)), (1, Gen.Choose(0, 4_000_000)))
            select new Step(kind, who, whom, number, wait)),
        Shorter);

    private static IEnumerable<Step[]> Shorter(Step[] script)
    {
        for (var size = script.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= script.Length; from += size)
            {
                yield return [.. script[..from], .. script[(from + size)..]];
            }
        }
    }
}
