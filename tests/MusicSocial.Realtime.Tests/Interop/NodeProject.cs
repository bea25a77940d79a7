using System.Diagnostics;

namespace MusicSocial.Realtime.Tests.Interop;

/// <summary>The folder <c>npm</c> beside these tests. Without Node these tests fail: the npm clients are part of the contract.</summary>
public sealed class NodeProject : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string Folder => Path.Combine(RepositoryRoot(), "tests", "MusicSocial.Realtime.Tests", "npm");

    /// <summary>Installs the packages of the lock file unless they are there.</summary>
    public async Task InitializeAsync()
    {
        // npm writes this file last.
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return;
        }

        var outcome = await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        Assert.True(outcome.ExitCode == 0, outcome.Output);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static async Task<(int ExitCode, string Output)> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await errors + await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MusicSocial.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("MusicSocial.sln is in no parent folder.");
        }

        return folder;
    }
}
