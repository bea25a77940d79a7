using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Committed files that are made from the code are what the code makes now: a change of the wire shows in review.</summary>
public sealed class GeneratedFileTests
{
    private const string Rewrite = "MUSICSOCIAL_REWRITE";

    [Fact]
    public async Task The_OpenAPI_document_is_the_served_one()
    {
        await using var app = new HubApp();
        var served = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json"))!.AsObject();
        served.Remove("servers");

        await CompareAsync("docs/openapi.json", served.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    [Fact]
    public Task The_web_clients_records_are_the_servers() =>
        CompareAsync("src/MusicSocial.Web/src/wire/records.ts", TypeScriptRecords.Write());

    private static async Task CompareAsync(string file, string current)
    {
        var path = Path.Combine(SourceTree.Root, file);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
            await File.WriteAllTextAsync(path, current);

        Assert.True(await File.ReadAllTextAsync(path) == current, $"{file} is stale: run this test with {Rewrite}=1 and commit it.");
    }
}
