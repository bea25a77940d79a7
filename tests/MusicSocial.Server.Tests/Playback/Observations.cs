using MusicSocial.Server.Playback;
using MusicSocial.Sync;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>Short ways to say what a device did, seconds after the tests' beginning.</summary>
internal static class Observations
{
    public static HubTime At(double seconds) => HubTime.FromMs(1_900_000_000_000 + (seconds * 1000));

    public static PlaybackObservation Playing(string device, double at, double position = 0, string track = "song", double minutes = 3, bool exact = true) =>
        Of(device, PlaybackSource.Web, PlaybackState.Playing, at, position, track, minutes, exact, roomId: null);

    public static PlaybackObservation Paused(string device, double at, double position = 0, string track = "song", double minutes = 3) =>
        Of(device, PlaybackSource.Web, PlaybackState.Paused, at, position, track, minutes, exact: true, roomId: null);

    public static PlaybackObservation Stopped(string device, double at) =>
        new(device, PlaybackSource.Web, Track: null, PlaybackState.Stopped, Timeline.Empty, At(at), IsExact: true, RoomId: null);

    public static PlaybackObservation InRoom(string roomId, double at, double position = 0, string track = "room song", bool paused = false) =>
        Of($"room:{roomId}", PlaybackSource.Room, paused ? PlaybackState.Paused : PlaybackState.Playing, at, position, track, 3, exact: true, roomId);

    public static PersonPlayback Person(params IEnumerable<PlaybackObservation> observations) =>
        observations.Aggregate(PersonPlayback.Nothing, (person, observation) => person.With(observation));

    private static PlaybackObservation Of(
        string device, PlaybackSource source, PlaybackState state, double at, double position, string track, double minutes, bool exact, string? roomId)
    {
        var duration = TimeSpan.FromMinutes(minutes);
        var timeline = new Timeline(
            track, ItemId: null, TimeSpan.FromSeconds(position), At(at), state == PlaybackState.Playing ? 1 : 0, duration);
        var heard = new PlayingTrack(track, track, "artist", null, duration.TotalMilliseconds, HasLyrics: false, null, null);
        return new PlaybackObservation(device, source, heard, state, timeline, At(at), exact, roomId);
    }
}
