using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace MusicSocial.Realtime.Tests.Hubs;

public sealed class MessagePackJsonTests
{
    [Theory]
    [InlineData("null", "c0")]
    [InlineData("true", "c3")]
    [InlineData("0", "00")]
    [InlineData("127", "7f")]
    [InlineData("128", "cc80")]
    [InlineData("-1", "ff")]
    [InlineData("-32", "e0")]
    [InlineData("-33", "d0df")]
    [InlineData("-129", "d1ff7f")]
    [InlineData("65536", "ce00010000")]
    [InlineData("-32769", "d2ffff7fff")]
    [InlineData("9223372036854775807", "cf7fffffffffffffff")]
    [InlineData("18446744073709551615", "cfffffffffffffffff")]
    [InlineData("-9223372036854775808", "d38000000000000000")]
    [InlineData("1.5", "cb3ff8000000000000")]
    [InlineData("\"\"", "a0")]
    [InlineData("\"ä\"", "a2c3a4")]
    [InlineData("[]", "90")]
    [InlineData("{}", "80")]
    [InlineData("{\"a\":[1,2]}", "81a1619201 02")]
    public void A_value_has_its_shortest_form_and_comes_back(string json, string hex)
    {
        Assert.Equal(Hex.Bytes(hex), Hex.FromJson(json));
        Assert.Equal(json, Hex.ToJson(Hex.Bytes(hex)));
    }

    [Theory]
    [InlineData("ca3dcccccd", "0.1")]
    [InlineData("c403010203", "\"AQID\"")]
    [InlineData("8101c0", "{\"1\":null}")]
    [InlineData("d6ff00000001", "\"1970-01-01T00:00:01+00:00\"")]
    [InlineData("d7ff 7735940000000001", "\"1970-01-01T00:00:01.5+00:00\"")]
    [InlineData("c70cff 00000000 ffffffffffffffff", "\"1969-12-31T23:59:59+00:00\"")]
    [InlineData("d901 61", "\"a\"")]
    [InlineData("db00000001 61", "\"a\"")]
    [InlineData("dd00000001 c2", "[false]")]
    [InlineData("df00000001 a161 c2", "{\"a\":false}")]
    public void Other_forms_of_other_writers_are_understood(string hex, string json) => Assert.Equal(json, Hex.ToJson(Hex.Bytes(hex)));

    [Theory]
    [InlineData("c1", "a byte without meaning")]
    [InlineData("", "nothing")]
    [InlineData("ca7fc00000", "not a number")]
    [InlineData("cb7ff0000000000000", "infinity")]
    [InlineData("a1ff", "not UTF-8")]
    [InlineData("a3eda080", "a lone surrogate")]
    [InlineData("81c0c0", "a nil key")]
    [InlineData("d40101", "an extension that is not a timestamp")]
    [InlineData("d5ff0101", "a timestamp of two bytes")]
    [InlineData("c70cff 00000000 7fffffffffffffff", "the end of time")]
    [InlineData("ddffffffff", "four billion elements in five bytes")]
    [InlineData("dfffffffff", "four billion pairs in five bytes")]
    [InlineData("dbffffffff", "four billion characters in five bytes")]
    [InlineData("c6ffffffff", "four billion bytes in five bytes")]
    [InlineData("c9ffffffff01", "four billion bytes of extension in six bytes")]
    public void What_JSON_cannot_say_or_bytes_do_not_hold_is_refused(string hex, string why)
    {
        _ = why;
        Assert.ThrowsAny<Exception>(() => Hex.ToJson(Hex.Bytes(hex)));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Containers_of_any_size_come_back(int count)
    {
        var array = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)i)]).ToJsonString();
        Assert.Equal(array, Hex.ToJson(Hex.FromJson(array)));
        var map = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)i))).ToJsonString();
        Assert.Equal(map, Hex.ToJson(Hex.FromJson(map)));
    }

    [Fact]
    public void Whatever_JSON_says_comes_back_the_same()
    {
        Prop.ForAll(Arb.From(Values(3)), value =>
        {
            var json = value?.ToJsonString() ?? "null";
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(Hex.ToJson(Hex.FromJson(json)))), json);
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<JsonNode?> Values(int depth)
    {
        var text = Gen.ArrayOf(Gen.Choose(0, 0x2fff).Select(code => new Rune(code))).Select(runes => string.Concat(runes));
        var leaf = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            text.Select(value => (JsonNode?)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (JsonNode?)value),
            ArbMap.Default.GeneratorFor<ulong>().Select(value => (JsonNode?)value),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => JsonNode.Parse(value.Get.ToString("R", CultureInfo.InvariantCulture))),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (JsonNode?)value));
        if (depth == 0)
        {
            return leaf;
        }

        var children = Gen.ListOf(Values(depth - 1));
        return Gen.OneOf(
            leaf,
            children.Select(list => (JsonNode?)new JsonArray([.. list.Select(node => node?.DeepClone())])),
            children.SelectMany(list => Gen.ListOf(text, list.Count).Select(keys => (JsonNode?)new JsonObject(
                keys.Zip(list, (key, node) => KeyValuePair.Create(key, node?.DeepClone())).DistinctBy(pair => pair.Key)))));
    }
}
