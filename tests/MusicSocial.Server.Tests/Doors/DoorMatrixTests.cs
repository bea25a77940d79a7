using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Hubs;
using MusicSocial.Server.Tests.Architecture;

namespace MusicSocial.Server.Tests.Doors;

/// <summary>
/// Every door of the hub, asked by every relation to the person whose things are behind it. Doors come from the route table and the hub itself: a new one is
/// missing in docs/doors.md, and a door that opens to others than before is seen there in review.
/// </summary>
public sealed class DoorMatrixTests
{
    private const string Document = "docs/doors.md";

    private const string Introduction =
        """
        # Who may use which door

        Written by a test (`DoorMatrixTests`) that uses every door as every relation to a person, Ann (the owner): her account, a comment of hers, a private room she opened, a song with
        lyrics of hers. `ok` is an answer; else the code of the refusal. Bodies are empty, so that `text.empty`, `request.invalid` and the like mean that the asker was let in and
        the body was not. `member` and `kicked` are so in Ann's room; a suspended person's token is none. Doors of an account's own (`/api/accounts`) are asked by a guest who
        passes by. Topics and hub calls need a connection, and so a token.


        """;

    [Fact(Timeout = 600_000)]
    public async Task Every_door_opens_to_whom_the_table_says()
    {
        await using var world = await DoorWorld.BuildAsync();
        var text = new StringBuilder(Introduction);
        Write(text, "HTTP", await HttpAsync(world), DoorWorld.Askers);
        var callers = DoorWorld.Askers.Where(asker => asker is not ("nobody" or "suspended")).ToList();
        Write(text, "Hub calls", await HubAsync(world, callers), callers);
        Write(text, "Topics", await TopicsAsync(world, callers), callers);

        var path = Path.Combine(SourceTree.Root, Document);
        if (Environment.GetEnvironmentVariable("MUSICSOCIAL_REWRITE") == "1")
            await File.WriteAllTextAsync(path, text.ToString());
        Assert.Equal(await File.ReadAllLinesAsync(path), text.ToString().Split('\n', StringSplitOptions.None)[..^1]);
    }

    private static async Task<List<string[]>> HttpAsync(DoorWorld world)
    {
        var rows = new List<string[]>();
        var doors =
            from endpoint in world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            where pattern.StartsWith("/api/", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            where method is not "HEAD"
            orderby pattern, method
            select (pattern, method, endpoint.RoutePattern);
        foreach (var (pattern, method, route) in doors)
        {
            if (pattern.Contains("{*", StringComparison.Ordinal))
                continue;
            if (pattern.StartsWith("/api/rooms/{", StringComparison.Ordinal))
                await world.OpenRoomAsync();
            var row = new List<string> { $"{method} {pattern}" };
            foreach (var asker in DoorWorld.Askers)
            {
                // Closed by the one before, it would be found by none after.
                if (pattern == "/api/rooms/{idOrCode}" && method == "DELETE")
                    await world.OpenRoomAsync();
                var address = pattern;
                foreach (var part in route.Parameters)
                    address = address.Replace($"{{{PartOf(pattern, part.Name)}}}", $"{await world.ValueAsync(part.Name, pattern)}", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (method is "POST" or "PUT" or "PATCH")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                row.Add(await DoorWorld.OutcomeAsync(await (await world.HttpAsync(asker, pattern)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead)));
                if (pattern.StartsWith("/api/users/", StringComparison.Ordinal) && method is "PUT" or "DELETE")
                    await world.RelateAsync(asker);
            }

            rows.Add([.. row]);
        }

        return rows;
    }

    // A parameter with its constraint, as the pattern spells it.
    private static string PartOf(string pattern, string name)
    {
        var start = pattern.IndexOf($"{{{name}", StringComparison.Ordinal) + 1;
        return pattern[start..pattern.IndexOf('}', start)];
    }

    private static async Task<List<string[]>> HubAsync(DoorWorld world, IReadOnlyList<string> askers)
    {
        var rows = new List<string[]>();
        var methods = typeof(ListeningHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method)
            .OrderBy(method => method.Name, StringComparer.Ordinal);
        foreach (var method in methods)
        {
            await world.OpenRoomAsync();
            var row = new List<string> { method.Name };
            foreach (var asker in askers)
            {
                var arguments = new List<object?>();
                foreach (var parameter in method.GetParameters().Where(IsOnTheWire))
                    arguments.Add(await ArgumentAsync(world, parameter));
                row.Add(await world.OutcomeAsync(asker, method.Name, [.. arguments]));
            }

            rows.Add([.. row]);
        }

        return rows;
    }

    private static bool IsOnTheWire(ParameterInfo parameter) =>
        parameter.ParameterType.IsPrimitive || parameter.ParameterType == typeof(string) || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || parameter.ParameterType.Assembly == typeof(Refusal).Assembly;

    private static async Task<object?> ArgumentAsync(DoorWorld world, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(string))
            return await world.ValueAsync(parameter.Name!, "");
        if (type == typeof(double) || type == typeof(int))
            return 1;
        if (type == typeof(bool))
            return true;
        return type == typeof(PostComment) ? new { trackId = world.Track.Id, text = "hello" } : type == typeof(RoomSettingsRequest) ? new { name = "Renamed" } : null;
    }

    private static async Task<List<string[]>> TopicsAsync(DoorWorld world, IReadOnlyList<string> askers)
    {
        await world.OpenRoomAsync();
        var owner = world.Asker("owner")!.User.Id;
        var open = await world.Asker("owner")!.Http.PostAsJsonAsync("/api/rooms", new { name = "Open" }).ReadAsync<RoomView>();
        var rows = new List<string[]>();
        foreach (var (name, topic) in new[]
        {
            ("track:{id}", $"track:{world.Track.Id}"), ("room:{id}, private", $"room:{world.Room.Id}"), ("room:{id}, open", $"room:{open.Id}"),
            ("user:{id}", $"user:{owner}"), ("me:{id}", $"me:{owner}"), ("unknown:{id}", "unknown:1"),
        })
        {
            var row = new List<string> { name };
            foreach (var asker in askers)
                row.Add(await world.OutcomeAsync(asker, "Follow", [topic, null]));
            rows.Add([.. row]);
        }

        return rows;
    }

    private static void Write(StringBuilder text, string title, List<string[]> rows, IReadOnlyList<string> askers)
    {
        text.Append("## ").Append(title).Append("\n\n| door | ").AppendJoin(" | ", askers).Append(" |\n|---|").Insert(text.Length, "---|", askers.Count).Append('\n');
        foreach (var row in rows)
            text.Append("| `").Append(row[0]).Append("` | ").AppendJoin(" | ", row[1..]).Append(" |\n");
        text.Append('\n');
    }
}
