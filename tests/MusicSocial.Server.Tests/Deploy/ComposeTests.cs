using System.Diagnostics;
using System.Text.RegularExpressions;
using MusicSocial.Server.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace MusicSocial.Server.Tests.Deploy;

/// <summary>What can be said of docker-compose.yml and the image without a container engine (<c>./test.sh containers</c> runs them).</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Secrets = ["POSTGRES_PASSWORD", "REDIS_PASSWORD"];

    [Fact]
    public void No_password_has_a_default()
    {
        var uses = Variable().Matches(Read("docker-compose.yml")).Where(use => Secrets.Contains(use.Groups["name"].Value)).ToArray();

        Assert.Equal(Secrets, uses.Select(use => use.Groups["name"].Value).Distinct().Order());
        Assert.All(uses, use => Assert.StartsWith(":?", use.Groups["otherwise"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_of_the_nginx_template_is_filled_in()
    {
        var wanted = Variable().Matches(Read("src/MusicSocial.Server/Deploy/hub.conf.template")).Select(use => use.Groups["name"].Value).Distinct().Order();

        Assert.Equal(wanted, Environment("nginx").Order());
    }

    [Fact]
    public void Every_server_keeps_what_it_may_do_to_a_minimum()
    {
        foreach (var name in (string[])["nginx", "node1", "node2", "redis", "postgres"])
        {
            var service = Service(name);
            Assert.Equal("ALL", service["cap_drop"][0].ToString());
            Assert.Equal("no-new-privileges:true", service["security_opt"][0].ToString());
            Assert.NotNull(service["deploy"]["resources"]["limits"]["memory"].ToString());
        }
    }

    [Fact]
    public async Task Passwords_are_made_once_and_differ_from_those_of_any_other_installation()
    {
        var (one, other) = (await PasswordsAsync(), await PasswordsAsync());

        Assert.Equal(Secrets.Length, one.Distinct().Count());
        Assert.All(one, line => Assert.Matches("^[A-Z_]+=[0-9a-f]{48}$", line));
        Assert.Empty(one.Intersect(other));
    }

    [Fact]
    public void The_image_is_built_from_locked_packages_and_draws_any_script()
    {
        var image = Read("src/MusicSocial.Server/Dockerfile");

        Assert.All(
            ["npm ci", "-p:RestoreLockedMode=true", "fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji", "USER app", "ASPNETCORE_HTTP_PORTS= "],
            word => Assert.Contains(word, image, StringComparison.Ordinal));
        // A verb follows the image's name (docker run ... copy), so the entry point holds no settings.
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"MusicSocial.Server.dll\"]", image, StringComparison.Ordinal);
    }

    private static async Task<string[]> PasswordsAsync()
    {
        using var folder = new TempFolder();
        var deploy = Directory.CreateDirectory(Path.Combine(folder.Path, "src", "MusicSocial.Server", "Deploy")).FullName;
        var script = Path.Combine(deploy, "passwords.sh");
        File.Copy(Path.Combine(SourceTree.Root, "src/MusicSocial.Server/Deploy/passwords.sh"), script);
        string[] lines = [];
        for (var time = 0; time < 2; time++)
        {
            using var process = Process.Start("bash", [script]);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            var now = await File.ReadAllLinesAsync(Path.Combine(folder.Path, ".env"));
            if (time > 0)
                Assert.Equal(lines, now);
            lines = now;
        }

        return lines;
    }

    private static IEnumerable<string> Environment(string service) =>
        ((YamlMappingNode)Service(service)["environment"]).Children.Keys.Select(key => key.ToString());

    private static YamlNode Service(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(Read("docker-compose.yml")))));
        return yaml.Documents[0].RootNode["services"][name];
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<otherwise>:[^}]*)?\}")]
    private static partial Regex Variable();
}
