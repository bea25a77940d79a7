using MusicSocial.Server.Catalog;
using MusicSocial.Server.Catalog.Probing;
using MusicSocial.Server.Catalog.Scanning;

namespace MusicSocial.Server.Tests.Catalog;

/// <summary>Which track a file is, decided over a thousand operations on a folder and compared with a model that knows which sound is where.</summary>
public sealed class IdentityTests
{
    private sealed record Entry(int Sound, string Title, string Artist, long Size, long Modified, long Changed);

    private readonly Dictionary<string, Entry> _folder = [];
    private readonly Dictionary<string, KnownTrack> _catalog = [];
    private readonly SkippedFiles _skipped = new();
    private long _now = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_thousand_operations_on_a_folder_confuse_no_song(int seed)
    {
        var random = new Random(seed);
        var idOf = new Dictionary<int, string>();
        var removed = new List<(string Path, Entry Entry)>();
        var sounds = 0;
        for (var i = 0; i < 8; i++)
            Add(random, ref sounds);
        for (var operation = 0; operation < 1_000; operation++)
        {
            Operate(random, removed, ref sounds);
            // Several things happen between two scans.
            if (random.Next(3) > 0)
                continue;
            Scan();
            Check(idOf);
        }
    }

    [Fact]
    public void A_song_encoded_again_in_its_place_keeps_its_id_and_an_untagged_other_one_does_not_get_it()
    {
        Put("a.mp3", new Entry(1, "Song", "Ann", 10, 1, 1));
        Put("b.mp3", new Entry(2, "Track 01", "", 10, 1, 1));
        Scan();
        var (song, other) = (IdAt("a.mp3"), IdAt("b.mp3"));

        _folder.Remove("a.mp3");
        Put("a.flac", new Entry(3, "Song", "Ann", 30, 2, 2));
        Put("b.mp3", new Entry(4, "Track 01", "", 11, 2, 2));
        Scan();

        Assert.Equal(song, IdAt("a.flac"));
        Assert.NotEqual(other, IdAt("b.mp3"));
    }

    [Fact]
    public void What_an_earlier_version_read_keeps_its_id_when_it_is_read_again_or_moved_meanwhile()
    {
        Put("a.mp3", new Entry(1, "A", "Ann", 10, 1, 1));
        Put("b.mp3", new Entry(2, "B", "Ann", 10, 1, 1));
        foreach (var (path, entry) in _folder)
        {
            var file = FileAt(path);
            _catalog[$"old-{path}"] = new KnownTrack
            {
                Id = $"old-{path}",
                Title = entry.Title,
                Artist = entry.Artist,
                Path = path,
                SizeBytes = file.SizeBytes,
                ModifiedMs = file.ModifiedMs,
                Fingerprint = WholeFile(entry),
                DurationMs = 60_000,
                Present = true,
            };
        }

        _folder.Remove("b.mp3", out var moved);
        Put("deep/c.mp3", moved! with { Changed = 9 });
        Scan();

        Assert.Equal(("old-a.mp3", "old-b.mp3"), (IdAt("a.mp3"), IdAt("deep/c.mp3")));
    }

    private void Add(Random random, ref int sounds) =>
        Put($"{random.Next(40)}.mp3", New(random, ++sounds));

    // Titles are shared on purpose: names say nothing about which song it is.
    private Entry New(Random random, int sound) => new(sound, $"Title {random.Next(1_000_000)}", $"Artist {random.Next(3)}", random.Next(3), random.Next(3), ++_now);

    private void Operate(Random random, List<(string Path, Entry Entry)> removed, ref int sounds)
    {
        var paths = _folder.Keys.Order(StringComparer.Ordinal).ToList();
        if (paths.Count < 3)
        {
            Add(random, ref sounds);
            return;
        }

        var (one, two) = (paths[random.Next(paths.Count)], paths[random.Next(paths.Count)]);
        var free = $"{random.Next(5)}/{random.Next(40)}.mp3";
        var entry = _folder[one];
        switch (random.Next(9))
        {
            case 0: // rename
                _folder.Remove(one);
                Put(free, entry);
                break;
            case 1: // swap
                Put(one, _folder[two]);
                Put(two, entry);
                break;
            case 2: // retag, with or without its times
                Put(one, entry with { Title = $"Title {random.Next(1_000_000)}", Modified = entry.Modified + random.Next(2) });
                break;
            case 3: // retag and move
                _folder.Remove(one);
                Put(free, entry with { Title = $"Title {random.Next(1_000_000)}", Size = random.Next(3) });
                break;
            case 4: // copy
                Put(free, entry);
                break;
            case 5: // delete
                _folder.Remove(one);
                removed.Add((one, entry));
                break;
            case 6 when removed.Count > 0: // restore, where it was or elsewhere
                var (path, back) = removed[random.Next(removed.Count)];
                Put(random.Next(2) == 0 ? path : free, back);
                break;
            case 7: // another song under the same name
                Put(one, New(random, ++sounds));
                break;
            default:
                Add(random, ref sounds);
                break;
        }
    }

    // Whatever is done to a name or a file changes its ctime.
    private void Put(string path, Entry entry) => _folder[path] = entry with { Changed = ++_now };

    private void Scan()
    {
        var found = _folder.Keys.ToDictionary(path => path, FileAt);
        var identity = new TrackIdentity(_catalog.Values, found);
        _skipped.Keep(found);
        var later = new List<ReadAudio>();
        var claimed = new HashSet<string>();
        foreach (var file in found.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (identity.AtPath(file.Path) is { } known && known.IsUnchanged(file))
            {
                _catalog[known.Id] = known with { Present = true };
                continue;
            }

            if (_skipped.Holds(file, identity))
                continue;
            _skipped.Remove(file);
            var read = Read(file);
            if (identity.Claim(read) is var identified && identified == Identified.Later)
                later.Add(read);
            else
                Keep(read, identified, claimed);
        }

        foreach (var read in later)
            Keep(read, identity.Settle(read), claimed);
        foreach (var track in _catalog.Values.Where(track => track.Present && !identity.IsHeard(track.Id)).ToList())
            _catalog[track.Id] = track with { Present = false };
    }

    private void Keep(ReadAudio read, Identified identified, HashSet<string> claimed)
    {
        if (identified.Id is not { } id)
        {
            _skipped.AddCopy(read.Found, identified.Original!);
            return;
        }

        Assert.True(claimed.Add(id), $"{id} was given twice");
        var track = TrackReader.ToTrack(id, read);
        _catalog[id] = new KnownTrack
        {
            Id = id,
            Title = track.Title,
            Artist = track.Artist,
            Path = read.Found.Path,
            SizeBytes = read.Found.SizeBytes,
            ModifiedMs = read.Found.ModifiedMs,
            ChangedMs = read.Found.ChangedMs,
            Fingerprint = read.Sound,
            DurationMs = track.DurationMs,
            Present = true,
            ReadVersion = TrackReader.Version,
        };
    }

    // Every sound in the folder is listed, once, under the id it always had, heard from a file that holds it.
    private void Check(Dictionary<int, string> idOf)
    {
        var listed = _catalog.Values.Where(track => track.Present).ToList();
        foreach (var track in listed)
        {
            var entry = _folder[track.Path];
            Assert.Equal(SoundOf(entry), track.Fingerprint);
            Assert.Equal(idOf.GetValueOrDefault(entry.Sound, track.Id), track.Id);
            idOf[entry.Sound] = track.Id;
        }

        Assert.Equal(_folder.Values.Select(entry => entry.Sound).Distinct().Order(), listed.Select(track => _folder[track.Path].Sound).Order());
        Assert.Equal(idOf.Count, idOf.Values.Distinct().Count());
    }

    private string IdAt(string path) => _catalog.Values.Single(track => track.Present && track.Path == path).Id;

    private FoundAudio FileAt(string path)
    {
        var entry = _folder[path];
        return new FoundAudio(path, path, entry.Size, entry.Modified, entry.Changed, [], []);
    }

    private ReadAudio Read(FoundAudio file)
    {
        var entry = _folder[file.Path];
        return new ReadAudio(
            file, new ProbedAudio(TimeSpan.FromMinutes(1), entry.Title, entry.Artist, null, HasPicture: false), TimeSpan.FromMinutes(1), SoundOf(entry), WholeFile(entry), Sidecars.None);
    }

    private static string SoundOf(Entry entry) => Fingerprint.Of($"sound {entry.Sound}");

    private static string WholeFile(Entry entry) => Fingerprint.Of($"file {entry.Sound} {entry.Title} {entry.Artist}");
}
