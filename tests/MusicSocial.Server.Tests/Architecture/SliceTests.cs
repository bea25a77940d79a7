using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Folders are the architecture: who may know whom is this table.</summary>
public sealed partial class SliceTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Storage"] = ["Hosting"],
        ["Hosting"] = ["Storage"],
        ["Accounts"] = ["Hosting", "Storage"],
        ["Catalog"] = ["Accounts", "Hosting", "Storage"],
        ["Lyrics"] = ["Accounts", "Catalog", "Hosting", "Storage"],
        ["Rooms"] = ["Accounts", "Catalog", "Hosting", "Storage"],
        ["Comments"] = ["Accounts", "Catalog", "Rooms", "Hosting", "Storage"],
        ["Playback"] = ["Accounts", "Catalog", "Lyrics", "Rooms", "Hosting", "Storage"],
        ["Friends"] = ["Accounts", "Playback", "Hosting", "Storage"],
        ["Listens"] = ["Accounts", "Catalog", "Playback", "Hosting", "Storage"],
        ["Hubs"] = ["Accounts", "Catalog", "Lyrics", "Rooms", "Comments", "Playback", "Friends", "Listens", "Hosting", "Storage"],
    };

    [Fact]
    public void Every_slice_uses_only_the_neighbours_the_table_allows()
    {
        var offences =
            from file in SourceTree.Files("src/MusicSocial.Server", ".cs")
            let slice = SliceOf(file)
            where slice is not null
            from Match mention in SliceMention().Matches(File.ReadAllText(file))
            let other = mention.Groups[1].Value
            where other != slice && !MayUse[slice].Contains(other)
            select $"{SourceTree.Relative(file)} uses {other}";

        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Every_folder_of_the_server_is_in_the_table()
    {
        var folders = SourceTree.Files("src/MusicSocial.Server", ".cs").Select(SliceOf).OfType<string>().Distinct();

        Assert.Empty(folders.Except(MayUse.Keys));
    }

    [Fact]
    public void Features_form_no_cycle()
    {
        // Hosting and Storage are one foundation; everything above it must be a hierarchy.
        var features = MayUse.Keys.Except(["Hosting", "Storage"]).ToList();
        var settled = new HashSet<string> { "Hosting", "Storage" };
        while (features.Find(feature => MayUse[feature].All(settled.Contains)) is { } next)
        {
            settled.Add(next);
            features.Remove(next);
        }

        Assert.Empty(features);
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

    private static string? SliceOf(string file)
    {
        var parts = SourceTree.Relative(file).Split('/');
        return parts.Length > 3 ? parts[2] : null;
    }

    [GeneratedRegex(@"MusicSocial\.Server\.([A-Z][a-z]+)\b")]
    private static partial Regex SliceMention();

    [GeneratedRegex(@"\b(SELECT\s[^;]*\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")]
    private static partial Regex Sql();
}
