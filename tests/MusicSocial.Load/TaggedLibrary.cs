using System.Text;

namespace MusicSocial.Load;

/// <summary>A large music library of small files: one second of sound each, tagged with made-up names, no two alike.</summary>
internal static class TaggedLibrary
{
    private const int FilesPerFolder = 1000;
    private const int SamplesPerSecond = 400;

    private static readonly string[] Words =
    [
        "amber", "arrow", "ash", "autumn", "bell", "bird", "blue", "bridge", "bright", "broken", "candle", "city", "clear", "cloud",
        "cold", "coral", "crystal", "dance", "dark", "dawn", "deep", "desert", "distant", "dream", "drift", "dusk", "early", "east",
        "echo", "empty", "fern", "fire", "flower", "forest", "frozen", "garden", "gentle", "glass", "gold", "grey", "harbour", "heart",
        "hidden", "hollow", "honey", "island", "ivory", "lake", "leaf", "light", "lonely", "long", "lunar", "marble", "meadow",
        "midnight", "mirror", "mist", "moon", "morning", "mountain", "never", "night", "north", "ocean", "old", "open", "orchard",
        "pale", "paper", "quiet", "rain", "red", "river", "road", "rose", "salt", "sand", "sea", "shadow", "shore", "silent", "silver",
        "sky", "slow", "small", "smoke", "snow", "song", "south", "spring", "star", "stone", "storm", "summer", "sun", "thunder",
        "tide", "tower", "valley", "velvet", "violet", "water", "wave", "west", "white", "wild", "willow", "wind", "winter", "yellow",
    ];

    private static readonly string[] Japanese = ["桜の歌", "夜明け", "海の声", "月と星", "春の雨"];

    /// <summary>Writes the library; the title of every file ends with its number, and files are numbered in path order.</summary>
    public static async Task WriteAsync(string folder, int files)
    {
        var random = new Random(1);
        string Word() => Words[random.Next(Words.Length)];
        for (var i = 0; i < files; i++)
        {
            var title = i % 100 == 0 ? $"{Japanese[random.Next(Japanese.Length)]} {i}" : $"{Word()} {Word()} {Word()} {i}";
            var path = Path.Combine(folder, $"{i / FilesPerFolder:D4}", $"{i:D6}.wav");
            if (i % FilesPerFolder == 0)
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, Wav(i, title, $"The {Word()} {Word()}s", $"{Word()} {Word()}"));
        }
    }

    private static byte[] Wav(int number, string title, string artist, string album)
    {
        using var info = new MemoryStream();
        using (var tags = new BinaryWriter(info, Encoding.UTF8, leaveOpen: true))
        {
            tags.Write("INFO"u8);
            Write(tags, "INAM"u8, title);
            Write(tags, "IART"u8, artist);
            Write(tags, "IPRD"u8, album);
        }

        using var file = new MemoryStream();
        using var wav = new BinaryWriter(file);
        wav.Write("RIFF"u8);
        wav.Write(44 + (int)info.Length + SamplesPerSecond);
        wav.Write("WAVEfmt "u8);
        wav.Write(16);
        wav.Write((short)1);
        wav.Write((short)1);
        wav.Write(SamplesPerSecond);
        wav.Write(SamplesPerSecond);
        wav.Write((short)1);
        wav.Write((short)8);
        wav.Write("LIST"u8);
        wav.Write((int)info.Length);
        wav.Write(info.ToArray());
        wav.Write("data"u8);
        wav.Write(SamplesPerSecond);
        wav.Write(number);
        wav.Write(new byte[SamplesPerSecond - sizeof(int)]);
        return file.ToArray();
    }

    private static void Write(BinaryWriter tags, ReadOnlySpan<byte> id, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        tags.Write(id);
        tags.Write(bytes.Length);
        tags.Write(bytes);
        if (bytes.Length % 2 == 1)
            tags.Write((byte)0);
    }
}
