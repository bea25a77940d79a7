using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MusicSocial.Server.Hubs;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>docs/protocol.md describes everything that crosses the wire.</summary>
public sealed partial class ProtocolDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/protocol.md"));

    [Fact]
    public void Every_hub_method_is_described()
    {
        var methods = typeof(ListeningHub)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method && !method.IsSpecialName)
            .Select(method => method.Name);

        Assert.Equal([], Undescribed(methods.Select(method => $"`{method}(")));
    }

    [Theory]
    [InlineData("Frame")]
    [InlineData("Signal")]
    [InlineData("Gap")]
    [InlineData("Draining")]
    public void Every_client_method_is_described(string method) => Assert.Contains($"`{method}(", Document, StringComparison.Ordinal);

    [Fact]
    public void Every_refusal_code_is_described()
    {
        var described = KindRow().Replace(Document, "");

        Assert.Equal([], RefusalTests.All().Select(refusal => $"`{refusal.Code}`").Where(code => !described.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_kind_of_refusal_is_listed_with_its_status_and_codes()
    {
        var expected = Enum.GetValues<RefusalKind>().Select(kind =>
            $"| `{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}` | {kind.HttpStatus()} | {(kind.MayBeRetried() ? "yes" : "no")} | " +
            $"{string.Join(' ', RefusalTests.All().Where(refusal => refusal.Kind == kind).Select(refusal => $"`{refusal.Code}`").Order(StringComparer.Ordinal))} |");

        Assert.Equal(expected, KindRow().Matches(Document).Select(row => row.Value));
    }

    [Fact]
    public void Every_event_and_signal_is_described()
    {
        var published = SourceTree.Files("src/MusicSocial.Server", ".cs")
            .Where(file => Path.GetFileName(file).Contains("Event", StringComparison.Ordinal))
            .SelectMany(file => EventName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();

        Assert.Equal([], Undescribed(published.Select(name => $"`{name}`")));
    }

    [Fact]
    public void Every_field_of_a_track_is_described()
    {
        var nullability = new NullabilityInfoContext();
        var fields = typeof(Track).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name) + (nullability.Create(field).ReadState == NullabilityState.Nullable ? "?" : ""));

        Assert.Equal([], Undescribed([$"`Track {{{string.Join(", ", fields)}}}`"]));
    }

    private static IEnumerable<string> Undescribed(IEnumerable<string> words) =>
        words.Where(word => !Document.Contains(word, StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `\w+` \| \d+ \| (?:yes|no) \| .*\|$", RegexOptions.Multiline)]
    private static partial Regex KindRow();

    [GeneratedRegex("""const string \w+ = "([a-zA-Z.]+)";""")]
    private static partial Regex EventName();
}
