namespace MusicSocial.Server.Tests;

/// <summary>A folder that goes away with its test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("musicsocial-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
