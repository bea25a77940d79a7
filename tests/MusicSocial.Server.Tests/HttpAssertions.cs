using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace MusicSocial.Server.Tests;

internal static class HttpAssertions
{
    /// <summary>Reads a successful answer.</summary>
    public static async Task<T> ReadAsync<T>(this Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options))!;
    }

    /// <summary>Asserts a refusal and returns its problem document.</summary>
    public static async Task<JsonElement> RefusedAsync(this Task<HttpResponseMessage> request, HttpStatusCode status, string code)
    {
        using var answer = await request;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {body}");
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
