using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>The committed OpenAPI document is what the hub serves: a change of the doors shows in review.</summary>
public sealed class OpenApiTests
{
    private const string Rewrite = "MUSICSOCIAL_REWRITE_DOCS";

    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        await using var app = new HubApp();
        var served = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json"))!.AsObject();
        served.Remove("servers");
        var text = served.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";

        var committed = Path.Combine(SourceTree.Root, "docs/openapi.json");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
            await File.WriteAllTextAsync(committed, text);

        Assert.True(await File.ReadAllTextAsync(committed) == text, $"docs/openapi.json is stale: run this test with {Rewrite}=1 and commit it.");
    }
}
