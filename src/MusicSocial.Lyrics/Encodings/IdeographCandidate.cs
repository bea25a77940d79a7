namespace MusicSocial.Lyrics.Encodings;

/// <summary>An encoding of two bytes a character. Its first rows hold what is often written; everyday characters are known by themselves.</summary>
internal abstract class IdeographCandidate(int codePage, string everyday) : EncodingCandidate(codePage)
{
    private readonly HashSet<char> _everyday = [.. everyday];

    protected override double Score(string text, int at) => text[at] switch
    {
        // A Latin word that happens to make a pair of bytes.
        var letter when char.IsAsciiLetter(Before(text, at)) && char.IsAsciiLetter(After(text, at)) && !_everyday.Contains(letter) => 0.05,
        var letter when _everyday.Contains(letter) => 1,
        '，' or '。' or '、' or '！' or '？' or '：' or '；' or '（' or '）' or '《' or '》' or '「' or '」' or '『' or '』' or '～' or '・' or '…' or '　' => 0.8,
        var letter => Score(letter, BytesOf(letter)),
    };

    protected abstract double Score(char letter, (byte Lead, byte Trail) bytes);

    protected static bool IsKana(char letter) => letter is >= '\u3041' and <= '\u30fe';
}

internal sealed class GbkCandidate() : IdeographCandidate(54936, Everyday.Simplified)
{
    protected override double Score(char letter, (byte Lead, byte Trail) bytes) => bytes switch
    {
        ( >= 0xB0 and <= 0xD7, >= 0xA1) => 0.6,
        ( >= 0xD8 and <= 0xF7, >= 0xA1) => 0.25,
        (0xA4 or 0xA5, _) => 0.3,
        (0xA1 or 0xA3, _) => 0.4,
        _ => 0.05,
    };
}

internal sealed class Big5Candidate() : IdeographCandidate(950, Everyday.Traditional)
{
    protected override double Score(char letter, (byte Lead, byte Trail) bytes) => bytes.Lead switch
    {
        >= 0xA4 and <= 0xC6 => 0.6,
        >= 0xC9 and <= 0xF9 => 0.15,
        0xA1 or 0xA2 => 0.4,
        _ => 0,
    };
}

internal sealed class ShiftJisCandidate() : IdeographCandidate(932, Everyday.Japanese)
{
    protected override double Score(char letter, (byte Lead, byte Trail) bytes) => letter switch
    {
        _ when IsKana(letter) => 0.95,
        >= '\uff61' and <= '\uff9f' => 0.1,
        _ => bytes.Lead switch
        {
            >= 0x88 and <= 0x97 => 0.6,
            >= 0x98 and <= 0x9F or >= 0xE0 and <= 0xEA => 0.2,
            0x81 or 0x82 => 0.5,
            _ => 0,
        },
    };
}

internal sealed class EucJpCandidate() : IdeographCandidate(51932, Everyday.Japanese)
{
    protected override double Score(char letter, (byte Lead, byte Trail) bytes) => letter switch
    {
        _ when IsKana(letter) => 0.95,
        >= '\uff61' and <= '\uff9f' => 0.1,
        _ => bytes.Lead switch
        {
            >= 0xB0 and <= 0xCF => 0.5,
            >= 0xD0 and <= 0xF4 => 0.2,
            0xA1 or 0xA3 => 0.4,
            _ => 0,
        },
    };
}

internal sealed class KoreanCandidate() : IdeographCandidate(949, Everyday.Korean)
{
    protected override double Score(char letter, (byte Lead, byte Trail) bytes) => bytes switch
    {
        ( >= 0xB0 and <= 0xC8, >= 0xA1) => 0.66,
        ( >= 0xCA and <= 0xFD, >= 0xA1) => 0.1,
        (0xA1 or 0xA3, _) => 0.4,
        _ => letter is >= '\uac00' and <= '\ud7a3' ? 0.15 : 0,
    };
}

/// <summary>The characters that songs and their names are full of.</summary>
internal static class Everyday
{
    public const string Simplified =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正外将两高间由问很最重" +
        "并物手应向头文体美相见被什二等或新己身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立比解水名真处走各入几口认平气题活更别打女变四神总何电数安少才结反受目太再感做接必场直命山金许保至便空马五眼书非则听白却光放强像难且思王完色路记南住告求北边死张该交万取望觉传清今切让带" +
        "爱梦风雨花泪夜星歌春秋雪云飞忘吻拥抱孤单寂寞温柔待幸福快乐永远离念曲词唱啊吧吗呢谁哪怎您曾找每错笑哭伤痛跟离恋朋友城阳树红青岁旧河" +
        "王李刘陈杨黄赵周吴徐孙朱胡郭罗梁宋郑谢韩唐冯于董萧曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪任姜范姚谭廖邹熊陆孔崔康毛邱秦江顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚杰伦君丽莎菲娜娟玲伟军勇磊涛超霞刚桂英华建琳慧敏静芳燕婷雯倩瑶怡佳雅欣宇浩俊豪峰辉鹏凯毅";

    public const string Traditional =
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正外將兩高間由問很最重" +
        "並物手應向頭文體美相見被什二等或新己身果加西月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立比解水名真處走各入幾口認平氣題活更別打女變四神總何電數安少才結反受目太再感做接必場直命山金許保至便空馬五眼書非則聽白卻光放強像難且思王完色路記南住告求北邊死張該交萬取望覺傳清今切讓帶" +
        "愛夢風雨花淚夜星歌春秋雪雲飛忘吻擁抱孤單寂寞溫柔待幸福快樂永遠離念曲詞唱啊吧嗎呢誰哪怎您曾找每錯笑哭傷痛跟戀朋友城陽樹紅青歲舊河" +
        "王李劉陳楊黃趙周吳徐孫朱胡郭羅梁宋鄭謝韓唐馮于董蕭曹袁鄧許傅沈彭呂蘇盧蔣蔡賈丁魏薛葉余潘杜戴夏鍾汪任姜范姚譚廖鄒熊陸孔崔康毛邱秦江顧侯邵孟龍段雷錢湯尹黎易武喬賀賴龔傑倫君麗莎菲娜娟玲偉軍勇磊濤超霞剛桂英華建琳慧敏靜芳燕婷雯倩瑤怡佳雅欣宇浩俊豪峰輝鵬凱毅杰惠妹";

    public const string Japanese = "私君僕人日一見夢心愛空手今何時花夜風来生出会思言行前中大小道涙想世界気持声歌光明春夏秋冬桜雨雪星月海山川町恋信笑泣待忘消変強優";

    public const string Korean =
        "이다는을를가나너사랑해지고에의도아하그대내우리것수있어요보날마음한없만기시간오늘밤말눈물빛길꿈노래속처럼면로서은자라인스세상모든안네게와과니까더울려주여운들일제정신바람별늘봄꽃비" +
        "방탄소년단블랙핑크빅뱅원걸트와김박최조강윤장임권황안송류홍부구동성경영재현민준석호진훈연희미선혜광우철숙간석않았었했됐같";
}
