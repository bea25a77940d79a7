namespace MusicSocial.Server.Api;

/// <summary>The path of its host under which the hub is reached, such as <c>/music</c> of <c>https://example.org/music/</c>.</summary>
/// <param name="Value">Begins with a slash and does not end with one; empty when the hub has the host to itself.</param>
internal sealed record BasePath(string Value)
{
    /// <summary>The setting it is read from.</summary>
    public const string Setting = "BasePath";

    /// <summary>The path that is configured; stops the start when it is none.</summary>
    public static BasePath Of(IConfiguration configuration)
    {
        var value = (configuration[Setting] ?? "").TrimEnd('/');
        return value.Length == 0 || (value.Split('/') is ["", .. var segments] && segments.All(IsSegment))
            ? new BasePath(value)
            : throw new Microsoft.Extensions.Options.OptionsValidationException(
                Setting, typeof(BasePath), [$"{Setting}: {value} is no path such as /music (letters, digits, '-', '_', '.')."]);
    }

    /// <summary>The address of something of this hub, which <paramref name="path"/> names as seen from the hub itself.</summary>
    public string To(string path) => Value + path;

    private static bool IsSegment(string segment) =>
        segment.Any(char.IsAsciiLetterOrDigit) && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
