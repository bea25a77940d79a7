using System.Diagnostics;
using System.Globalization;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>A hub whose music folder tests fill with real audio files, as a user would while it runs.</summary>
internal sealed class MusicFolder : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _data = new();
    private readonly Dictionary<string, string?> _settings;

    public MusicFolder(params (string Key, string Value)[] settings)
    {
        _settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        _settings.TryAdd("Catalog:SettleTime", "00:00:00.200");
        Directory.CreateDirectory(PathOf(""));
    }

    public HubApp App { get; private set; } = null!;

    /// <summary>Starts the hub, or starts it again on the same data.</summary>
    public async Task StartAsync()
    {
        if (App is not null)
            await App.DisposeAsync();
        App = new HubApp(_data.Path, _settings);
    }

    public string PathOf(string name) => Path.Combine(_data.Path, "music", name);

    /// <summary>Makes an audio file with ffmpeg: a tone of its own pitch, so that no two have the same content.</summary>
    public Task AddToneAsync(string name, int pitch = 440, double seconds = 1, string? title = null, string? artist = null, string? album = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        string[] arguments =
        [
            "-v", "error", "-y", "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"sine=frequency={pitch}:duration={seconds}"),
            .. Tag("title", title), .. Tag("artist", artist), .. Tag("album", album), PathOf(name),
        ];
        return FfmpegAsync(arguments);
    }

    /// <summary>Makes an audio file with further arguments for ffmpeg.</summary>
    public Task AddToneWithAsync(string name, int pitch, params string[] arguments) =>
        FfmpegAsync(["-v", "error", "-y", "-f", "lavfi", "-i", $"sine=frequency={pitch}:duration=3", .. arguments, PathOf(name)]);

    public static async Task FfmpegAsync(params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", .. arguments]) { RedirectStandardError = true, UseShellExecute = false })!;
        var complaints = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, complaints);
    }

    /// <summary>A shell script beside the music that stands in for a tool; its path.</summary>
    public async Task<string> ToolAsync(string script)
    {
        var tool = PathOf("../tool");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{script}\n");
        using var chmod = Process.Start("chmod", ["+x", tool]);
        await chmod.WaitForExitAsync();
        return tool;
    }

    /// <summary>The catalog by title, as strangers see it.</summary>
    public Task<TrackPage> ListAsync(string query = "") =>
        App.Http.GetAsync($"/api/tracks?limit=200{query}").ReadAsync<TrackPage>();

    /// <summary>Waits until the catalog looks like this; scans take their time.</summary>
    public async Task<IReadOnlyList<Track>> UntilAsync(Func<IReadOnlyList<Track>, bool> satisfied)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var tracks = (await ListAsync()).Items;
            if (satisfied(tracks))
                return tracks;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"still: {string.Join(", ", tracks)}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null)
            await App.DisposeAsync();
        _data.Dispose();
    }

    private static string[] Tag(string name, string? value) => value is null ? [] : ["-metadata", $"{name}={value}"];
}

/// <summary>A page of tracks as clients read it.</summary>
internal sealed record TrackPage(IReadOnlyList<Track> Items, string? Next);
