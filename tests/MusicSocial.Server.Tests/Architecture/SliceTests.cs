using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using NetArchTest.Rules;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Folders are the architecture: who may know whom is this table.</summary>
public sealed partial class SliceTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        // What every door shares: refusals, cursors, clean text; and how often it may be used.
        ["Api"] = [],
        ["Limits"] = ["Api"],
        ["Storage"] = ["Api"],
        // The process: how it starts, is reached, watched and stopped. No feature knows it.
        ["Hosting"] = ["Api", "Limits"],
        ["Accounts"] = ["Api", "Limits", "Storage"],
        ["Admin"] = ["Accounts", "Api", "Storage"],
        // Who is what to whom: follows, blocks, circles. Below all that shows people to people.
        ["Relations"] = ["Accounts", "Api", "Storage"],
        ["Inbox"] = ["Accounts", "Relations", "Api", "Storage"],
        // Reports and what becomes of them; what can be reported comes from the slices above.
        ["Moderation"] = ["Accounts", "Admin", "Inbox", "Api", "Limits", "Storage"],
        ["Catalog"] = ["Accounts", "Api", "Limits", "Storage"],
        ["Lyrics"] = ["Accounts", "Moderation", "Catalog", "Api", "Limits", "Storage"],
        ["Rooms"] = ["Accounts", "Relations", "Inbox", "Moderation", "Catalog", "Api", "Limits", "Storage"],
        ["Comments"] = ["Accounts", "Relations", "Inbox", "Moderation", "Catalog", "Rooms", "Api", "Limits", "Storage"],
        ["Playback"] = ["Accounts", "Relations", "Catalog", "Lyrics", "Rooms", "Api", "Limits", "Storage"],
        ["Friends"] = ["Accounts", "Relations", "Inbox", "Playback", "Api", "Limits", "Storage"],
        ["Listens"] = ["Accounts", "Relations", "Catalog", "Playback", "Api", "Storage"],
        ["Reactions"] = ["Limits"],
        ["Hubs"] = ["Accounts", "Catalog", "Lyrics", "Rooms", "Comments", "Reactions", "Playback", "Friends", "Listens", "Api", "Limits", "Storage"],
        // Verbs for the operator: scanning, fonts of quote cards, operators.
        ["CommandLine"] = ["Accounts", "Admin", "Catalog", "Lyrics", "Api", "Storage"],
    };

    private static readonly Assembly Server = typeof(Program).Assembly;

    public static TheoryData<string> Slices => [.. SlicesOf(Server)];

    [Theory]
    [MemberData(nameof(Slices))]
    public void A_slice_uses_only_the_neighbours_the_table_allows(string slice)
    {
        var forbidden = SlicesOf(Server).Except([slice, .. MayUse[slice]]).Select(NamespaceOf).ToArray();

        var result = Types.InAssembly(Server).That().ResideInNamespace(NamespaceOf(slice)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }

    [Fact]
    public void Every_folder_of_the_server_is_in_the_table() => Assert.Empty(SlicesOf(Server).Except(MayUse.Keys));

    [Fact]
    public void Slices_form_no_cycle()
    {
        var left = MayUse.Keys.ToList();
        var settled = new HashSet<string>();
        while (left.Find(slice => MayUse[slice].All(settled.Contains)) is { } next)
        {
            settled.Add(next);
            left.Remove(next);
        }

        Assert.Empty(left);
    }

    [Fact]
    public void Only_Hubs_derives_from_Hub()
    {
        var hubs = typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Hub)));

        Assert.All(hubs, hub => Assert.Equal("MusicSocial.Server.Hubs", hub.Namespace));
    }

    [Fact]
    public void Only_stores_touch_sql()
    {
        var offences = SourceTree.Files("src/MusicSocial.Server", ".cs")
            .Where(file => !file.EndsWith("Store.cs", StringComparison.Ordinal) && SliceOf(file) != "Storage")
            .Where(file => Sql().IsMatch(File.ReadAllText(file)))
            .Select(SourceTree.Relative);

        Assert.Empty(offences);
    }

    [Fact]
    public void The_hub_is_a_doorway()
    {
        var offences =
            from file in SourceTree.Files("src/MusicSocial.Server/Hubs", ".cs")
            where Path.GetFileName(file).StartsWith("ListeningHub", StringComparison.Ordinal)
            from block in CodeBlocks.Of(file)
            where block.Statements > 3
            select $"{SourceTree.Relative(file)}:{block.Line} has {block.Statements} statements";

        Assert.Empty(offences);
    }

    private static string NamespaceOf(string slice) => $"MusicSocial.Server.{slice}";

    private static IEnumerable<string> SlicesOf(Assembly assembly) =>
        assembly.GetTypes()
            .Select(type => type.Namespace?.Split('.') ?? [])
            .Where(parts => parts is ["MusicSocial", "Server", _, ..])
            .Select(parts => parts[2])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string? SliceOf(string file)
    {
        var parts = SourceTree.Relative(file).Split('/');
        return parts.Length > 3 ? parts[2] : null;
    }

    [GeneratedRegex(@"\b(SELECT\s[^;]*\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")]
    private static partial Regex Sql();
}
