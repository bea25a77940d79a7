using System.Globalization;

namespace MusicSocial.Client.Http;

/// <summary>A path with the parameters that have a value.</summary>
internal static class Query
{
    public static string Of(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is not { Length: > 0 } text)
                continue;
            path += $"{separator}{name}={Uri.EscapeDataString(text)}";
            separator = '&';
        }

        return path;
    }

    public static string Segment(string value) => Uri.EscapeDataString(value);
}
