using MusicSocial.Sync;

namespace MusicSocial.Server.Playback;

internal static class PlaybackRefusals
{
    public static readonly Refusal Hidden = new("user.hidden", "This person does not show what they play.");

    public static Refusal Invalid(string what) => new("playback.invalid", what);
}
