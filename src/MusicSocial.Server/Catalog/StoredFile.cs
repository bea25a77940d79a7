using Microsoft.Net.Http.Headers;

namespace MusicSocial.Server.Catalog;

/// <summary>Sends files of the catalog: ranges, ETag, Last-Modified, and a year of caching for those who ask by version.</summary>
internal static class StoredFile
{
    /// <summary>Null when the file is not there (any more).</summary>
    public static IResult? TrySend(string fullPath, string contentType, string version)
    {
        try
        {
            var stream = new FileStream(
                fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var lastModified = new DateTimeOffset(File.GetLastWriteTimeUtc(fullPath));
            return TypedResults.Stream(stream, contentType, lastModified: lastModified, entityTag: Tag(version), enableRangeProcessing: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static EntityTagHeaderValue Tag(string version) => new($"\"{version}\"");

    /// <summary>The URL of a version never changes its content; without one, caches must ask.</summary>
    public static void SetLifetime(HttpResponse response, string? askedVersion, string version) =>
        response.Headers.CacheControl = askedVersion == version ? "public, max-age=31536000, immutable" : "no-cache";
}
