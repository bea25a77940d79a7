using System.Text.Json;
using MusicSocial.Lyrics;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Accounts;

namespace MusicSocial.Server.Lyrics;

/// <summary>Lyrics as clients read them, with who made them.</summary>
internal sealed class CueSheetViews(Users users) : IDisposable
{
    /// <summary>Bytes of the sheets kept as they were sent.</summary>
    private const int Capacity = 32 * 1024 * 1024;

    private readonly BoundedCache<(string TrackId, string Version, User? By), byte[]> _written = new(Capacity);

    public async Task<CueSheet> ComposeAsync(TrackLyrics lyrics, CancellationToken cancellationToken) =>
        CueSheet.From(lyrics, await MakerAsync(lyrics, cancellationToken));

    /// <summary>The same as JSON. All readers of a version get the same bytes: however many read, and however slowly, a sheet is in memory once.</summary>
    public async Task<byte[]> WriteAsync(TrackLyrics lyrics, CancellationToken cancellationToken)
    {
        var maker = await MakerAsync(lyrics, cancellationToken);
        var key = (lyrics.TrackId, lyrics.Version, maker);
        if (_written.TryGet(key, out var json))
            return json;
        json = JsonSerializer.SerializeToUtf8Bytes(CueSheet.From(lyrics, maker), WireJson.Options);
        _written.Set(key, json, json.Length);
        return json;
    }

    public void Dispose() => _written.Dispose();

    private async Task<User?> MakerAsync(TrackLyrics lyrics, CancellationToken cancellationToken) =>
        lyrics.Origin.UserId is { } maker ? await users.GetAsync(maker, cancellationToken) : null;
}

/// <summary>Lyrics in the records of the wire.</summary>
internal static class CueSheetMapping
{
    extension(CueSheet)
    {
        public static CueSheet From(TrackLyrics lyrics, User? by)
        {
            var sheet = lyrics.Sheet;
            return new CueSheet(
                lyrics.TrackId, sheet.Language, sheet.Synced, sheet.WordSynced, [.. sheet.Lines.Select(CueLine.From)],
                sheet.Agents.IsEmpty ? null : sheet.Agents.ToDictionary(agent => agent.Key, agent => new CueAgent(agent.Value.Type, agent.Value.Name)),
                lyrics.Origin.Source, lyrics.Origin.Revision, lyrics.OffsetMs, by);
        }
    }

    extension(CueLine)
    {
        public static CueLine From(LyricLine line, int index) =>
            new(
                index, line.StartMs, line.EndMs, line.Text, line.Role, line.Agent,
                [.. line.Words.Select(word => new CueWord(word.StartMs, word.EndMs, word.Text))],
                line.Translations.IsEmpty ? null : line.Translations,
                line.Romanisations.IsEmpty ? null : line.Romanisations);
    }
}
