using System.Text;
using MusicSocial.Lyrics.Encodings;

namespace MusicSocial.Lyrics.Tests.Encodings;

public sealed class EncodingDetectorTests
{
    [Theory]
    [InlineData(54936, "月亮代表我的心")]
    [InlineData(54936, "你问我爱你有多深，我爱你有几分")]
    [InlineData(54936, "周杰伦")]
    [InlineData(54936, "夜曲 周杰伦 十一月的萧邦")]
    [InlineData(950, "月亮代表我的心")]
    [InlineData(950, "後來，我總算學會了如何去愛")]
    [InlineData(950, "張惠妹 聽海")]
    [InlineData(932, "さくら さくら 野山も里も")]
    [InlineData(932, "上を向いて歩こう 涙がこぼれないように")]
    [InlineData(932, "ラブ・ストーリーは突然に")]
    [InlineData(51932, "さくら さくら 野山も里も")]
    [InlineData(51932, "夜空ノムコウ 涙がこぼれないように")]
    [InlineData(949, "아리랑 아리랑 아라리요")]
    [InlineData(949, "봄날은 간다")]
    [InlineData(949, "사랑했지만 김광석")]
    [InlineData(1251, "Ночь, улица, фонарь, аптека")]
    [InlineData(1251, "Анна")]
    [InlineData(1251, "КИНО")]
    [InlineData(1251, "Група крови Кино Группа крови")]
    [InlineData(1251, "Океан Ельзи - Без бою, її очі")]
    [InlineData(1251, "песня о друге")]
    [InlineData(20866, "Ночь, улица, фонарь, аптека")]
    [InlineData(20866, "Песня о друге")]
    [InlineData(866, "Песня о друге")]
    [InlineData(1250, "Příliš žluťoučký kůň úpěl ďábelské ódy")]
    [InlineData(1250, "Zażółć gęślą jaźń")]
    [InlineData(1250, "Dziś późno pójdę spać")]
    [InlineData(1250, "Tűzön és vízen át, őszi szél")]
    [InlineData(1254, "Aşkın şarkısı, gözlerin doğuyor gecelerime")]
    [InlineData(1253, "Το τραγούδι της θάλασσας")]
    [InlineData(1255, "שלום עולם, שיר הים")]
    [InlineData(1256, "لما بدا يتثنى حبي جماله")]
    [InlineData(874, "เพลงรักเธอ ฉันรักเธอ")]
    [InlineData(1252, "Café")]
    [InlineData(1252, "Motörhead")]
    [InlineData(1252, "Señor, ¿dónde está el corazón?")]
    [InlineData(1252, "Où est passé l’été à Nîmes – déjà vu")]
    [InlineData(1252, "Über sieben Brücken mußt du geh'n")]
    [InlineData(1252, "Björk")]
    [InlineData(1252, "Sigur Rós - Ágætis byrjun, það")]
    [InlineData(1252, "Não, coração à beira")]
    [InlineData(1252, "På gensyn, blåbærgrød")]
    [InlineData(1252, "Þorlákur")]
    [InlineData(1252, "Beyoncé")]
    [InlineData(1252, "Die Ärzte")]
    [InlineData(1252, "Françoise Hardy - sûr, Noël")]
    [InlineData(1254, "Tarkan - Şımarık")]
    [InlineData(1254, "Barış Manço - Gülpembe")]
    [InlineData(949, "소녀시대")]
    [InlineData(949, "방탄소년단")]
    [InlineData(932, "宇多田ヒカル")]
    [InlineData(932, "椎名林檎")]
    [InlineData(950, "鄧麗君")]
    [InlineData(54936, "邓丽君")]
    [InlineData(1251, "Земфира")]
    [InlineData(1251, "Алла Пугачёва")]
    [InlineData(1251, "Любэ")]
    [InlineData(1253, "Χάρις Αλεξίου")]
    public void What_was_written_before_unicode_is_recognised(int codePage, string text)
    {
        var detected = EncodingDetector.Detect(CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text));

        Assert.Equal((text, codePage), (detected.Encoding.GetString(CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text)), detected.Encoding.CodePage));
        Assert.InRange(detected.Confidence, EncodingDetector.Sure, 1.1);
    }

    [Fact]
    public void Utf8_that_was_cut_off_in_mid_character_is_still_utf8() =>
        Assert.Equal(Encoding.UTF8, EncodingDetector.Detect(Encoding.UTF8.GetBytes("Ночь, улица, фонарь").AsSpan()[..^1]).Encoding);

    [Theory]
    [InlineData("gb18030", "[00:01.00]月亮代表我的心\n[00:03.00]你问我爱你有多深")]
    [InlineData("big5", "[00:01.00]後來，我總算學會了\n[00:03.00]如何去愛")]
    [InlineData("shift_jis", "[00:01.00]上を向いて歩こう\n[00:03.00]涙がこぼれないように")]
    [InlineData("euc-kr", "[00:01.00]아리랑 아리랑\n[00:03.00]아라리요")]
    [InlineData("windows-1251", "[00:01.00]Катюша\n[00:03.00]Выходила на берег")]
    [InlineData("koi8-r", "[00:01.00]Катюша\n[00:03.00]Выходила на берег")]
    [InlineData("utf-16", "[00:01.00]hello\n[00:03.00]world")]
    [InlineData("utf-16BE", "[00:01.00]Привет\n[00:03.00]мир")]
    [InlineData("utf-16", "[00:01.00]月亮代表我的心\n[00:03.00]你问我爱你有多深")]
    public void A_lyric_file_without_a_mark_is_read_in_its_encoding(string name, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

        Assert.Equal(text, string.Join('\n', LyricReader.Read(encoding.GetBytes(text)).Lines.Select((line, i) => $"[00:0{(i * 2) + 1}.00]{line.Text}")));
    }
}
