namespace MusicSocial.Server.Playback;

internal static class PlaybackRefusals
{
    public static readonly Refusal Hidden = new("user.hidden", RefusalKind.NotFound, "This person does not show what they play.");

    public static readonly Refusal NoCues = new("topic.unknown", RefusalKind.NotFound, "Only rooms and people have lyric cues.");
    public static readonly Refusal TooManyCues = new("topic.too_many", RefusalKind.Invalid, "This connection follows the cues of enough topics.");

    public static Refusal Invalid(string what) => new("playback.invalid", RefusalKind.Invalid, what);
}
