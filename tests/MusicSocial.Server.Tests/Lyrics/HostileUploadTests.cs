using System.Net;
using System.Text;
using MusicSocial.Server.Tests.Catalog;

namespace MusicSocial.Server.Tests.Lyrics;

/// <summary>What strangers put through the upload door: each is refused by its name or read as what it is, and the hub stays as it was.</summary>
public sealed class HostileUploadTests(HostileUploadTests.Hub hub) : IClassFixture<HostileUploadTests.Hub>
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly Dictionary<string, (byte[] Source, string? Hint, string Code, int? Line)> Refused = new()
    {
        ["KuGou's encrypted .krc"] = ([.. "krc1"u8, .. Noise(2000)], null, "lyrics.encrypted_unsupported", null),
        ["KuGou's encrypted .krc in base 64"] = (Bytes(Convert.ToBase64String([.. "krc18"u8, .. Noise(300)])), null, "lyrics.encrypted_unsupported", null),
        ["QQ Music's encrypted .qrc"] = ([0x98, 0x25, 0xB0, 0xAC, .. Noise(2000)], null, "lyrics.encrypted_unsupported", null),
        ["QQ Music's hexadecimal ciphertext"] = (Bytes(Convert.ToHexString(Noise(400))), "qrc", "lyrics.encrypted_unsupported", null),
        ["an encrypted .qmc0 song"] = ([0x8A, 0x0E, 0xE5, .. Noise(2000)], null, "lyrics.encrypted_unsupported", null),
        ["an encrypted .qmcflac song"] = ([0xA5, 0x06, 0xB7, 0x89, .. Noise(2000)], null, "lyrics.encrypted_unsupported", null),
        ["an encrypted .mflac song"] = ([.. Noise(2000), 0, 0, 2, 0xC0, .. "QTag"u8], null, "lyrics.encrypted_unsupported", null),
        ["an encrypted .ncm song"] = ([.. "CTENFDAM"u8, 1, 0x70, .. Noise(2000)], null, "lyrics.encrypted_unsupported", null),
        ["an entity bomb"] = (Bytes(Bomb()), null, "lyrics.dtd_prohibited", null),
        ["an external entity"] = (Bytes("<!DOCTYPE tt [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"1s\">&x;</p></div></body></tt>"), null, "lyrics.dtd_prohibited", null),
        ["XML that never closes"] = (Bytes("<tt xmlns=\"http://www.w3.org/ns/ttml\">\n<body>\n" + string.Concat(Enumerable.Repeat("<div>", 100_000))), null, "lyrics.invalid_xml", null),
        ["SYLT counted in frames"] = (Id3Tag.Sylt(format: 1, ("One", 40), ("Two", 80)), null, "lyrics.unsupported_timestamp_format", null),
        ["a mebibyte of nothing"] = (new byte[Mebibyte], null, "lyrics.empty", null),
        ["a mebibyte of blanks"] = (Bytes(new string(' ', Mebibyte)), null, "lyrics.empty", null),
        ["a mebibyte of newlines"] = (Bytes(new string('\n', Mebibyte)), null, "lyrics.empty", null),
        ["a mebibyte and a byte"] = (Bytes(new string('a', Mebibyte + 1)), null, "lyrics.too_large", null),
        ["ten thousand lines and one"] = (Bytes(string.Concat(Enumerable.Range(0, 10_001).Select(i => $"[00:{i / 1000 % 60:00}.00]x\n"))), null, "lyrics.too_many_lines", 10_001),
        ["lines of many words under many stamps"] = (Bytes(string.Concat(Enumerable.Range(0, 25).Select(line =>
            string.Concat(Enumerable.Range(0, 400).Select(stamp => $"[{stamp / 10:00}:{line + 10:00}.{stamp % 10}0]"))
            + string.Concat(Enumerable.Range(0, 24).Select(word => $"<00:00.{word:00}>w")) + "\n"))), null, "lyrics.too_large", null),
        ["a yaml alias bomb"] = (Bytes("version: 1.0\nlines: &a [*a]\n"), "lyricsfile", "lyrics.invalid_yaml", null),
    };

    private static readonly Dictionary<string, (byte[] Source, string FirstLine)> Read = new()
    {
        ["200,000 opening brackets"] = (Bytes("[00:01.00]One\n" + new string('[', 200_000)), "One"),
        ["200,000 nested stamps"] = (Bytes("[00:01.00]One\n" + string.Concat(Enumerable.Repeat("[00:", 50_000))), "One"),
        ["a mebibyte on one line"] = (Bytes("[00:01.00]" + new string('x', Mebibyte - 10)), new string('x', Mebibyte - 10)),
        ["UTF-16 with its mark"] = ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[00:01.00]さくら")], "さくら"),
        ["UTF-8 with a broken byte, read as windows-1252"] = ([.. "[00:01.00]caf"u8, 0xE9, .. " "u8, 0xC3, 0xA9], "café Ã©"),
        ["markup"] = (Bytes("[00:01.00]<script>alert(1)</script>"), "<script>alert(1)</script>"),
        ["a time of centuries"] = (Bytes("[99999999999:00.00]never\n[00:01.00]One"), "One"),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    public static TheoryData<string> ReadNames => [.. Read.Keys];

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task It_is_refused_by_its_name_and_changes_nothing(string name)
    {
        var (source, hint, code, line) = Refused[name];

        var problem = await PutAsync(source, hint).RefusedAsync(HttpStatusCode.UnprocessableEntity, code);

        if (line is not null)
            Assert.Equal(line, problem.GetProperty("line").GetInt32());
        Assert.Equal("As it was", (await GetAsync()).Lines[0].Text);
    }

    [Theory]
    [MemberData(nameof(ReadNames))]
    public async Task It_is_read_as_what_it_is(string name)
    {
        var (source, firstLine) = Read[name];
        var other = await hub.App.AddTrackAsync();

        var sheet = await hub.Ann.Http.PutAsync($"/api/tracks/{other.Id}/lyrics", new ByteArrayContent(source)).ReadAsync<CueSheet>();

        Assert.Equal(firstLine, sheet.Lines[0].Text);
    }

    private Task<HttpResponseMessage> PutAsync(byte[] source, string? hint) =>
        hub.Ann.Http.PutAsync($"/api/tracks/{hub.Track.Id}/lyrics{(hint is null ? "" : $"?format={hint}")}", new ByteArrayContent(source));

    private Task<CueSheet> GetAsync() => hub.App.Http.GetAsync($"/api/tracks/{hub.Track.Id}/lyrics").ReadAsync<CueSheet>();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string Bomb()
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        return $"<?xml version=\"1.0\"?><!DOCTYPE tt [<!ENTITY l0 \"la\">{entities}]>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div><p begin=\"1s\">&l9;</p></div></body></tt>";
    }

    /// <summary>One hub with one song that has lyrics already.</summary>
    public sealed class Hub : SharedHub
    {
        internal Person Ann { get; private set; } = null!;

        internal Track Track { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            (Ann, Track) = (await App.MemberAsync("ann"), await App.AddTrackAsync());
            await Ann.Http.PutAsync($"/api/tracks/{Track.Id}/lyrics", new StringContent("[00:01.00]As it was")).ReadAsync<CueSheet>();
        }
    }
}
