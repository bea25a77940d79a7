using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>What each project's binary may know of the others.</summary>
public sealed class ProjectTests
{
    [Theory]
    [InlineData("MusicSocial.Protocol")]
    [InlineData("MusicSocial.Sync", "MusicSocial.Protocol")]
    [InlineData("MusicSocial.Lyrics", "YamlDotNet")]
    public void Pure_projects_know_only_the_base_class_library(string project, params string[] allowed)
    {
        var strangers = Read(project, metadata => metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => name != "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal) && !allowed.Contains(name))
            .ToList());

        Assert.Empty(strangers);
    }

    [Fact]
    public void Realtime_knows_no_music()
    {
        var used = Read("MusicSocial.Realtime", metadata => metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Where(type => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name).StartsWith("MusicSocial", StringComparison.Ordinal))
            .Select(type => metadata.GetString(type.Name))
            .ToList());

        Assert.Empty(used.Except(
        [
            "HubTime", "Refusal", "RefusalKind", "RefusedException", "HubRefusals", "WireJson", "TopicName", "TopicRefusals", "TopicPosition", "TopicEvent", "TopicSignal", "SignalMerge",
            "FollowAnswer", "Frame", "Gap", "SignalBatch", "Draining",
        ]));
    }

    private static T Read<T>(string project, Func<MetadataReader, T> read)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{project}.dll"));
        using var image = new PEReader(file);
        return read(image.GetMetadataReader());
    }
}
