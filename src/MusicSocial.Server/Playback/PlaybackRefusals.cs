namespace MusicSocial.Server.Playback;

internal static class PlaybackRefusals
{
    public static readonly Refusal Hidden = new("user.hidden", "This person does not show what they play.");

    public static readonly Refusal NoCues = new("topic.unknown", "Only rooms and people have lyric cues.");
    public static readonly Refusal TooManyCues = new("topic.too_many", "This connection follows the cues of enough topics.");

    public static Refusal Invalid(string what) => new("playback.invalid", what);
}
