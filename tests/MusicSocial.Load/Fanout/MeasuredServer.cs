using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MusicSocial.Load.References;
using MusicSocial.Load.Serving;
using MusicSocial.TestRig;

namespace MusicSocial.Load.Fanout;

/// <summary>A server under measurement: a process that has the first core to itself while the crowd has the second.</summary>
internal sealed partial class MeasuredServer : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly Task _silence;

    private MeasuredServer(string name, Process process, Uri address)
    {
        (Name, _process, Address) = (name, process, address);
        // Whatever else it says must not fill the pipe.
        _silence = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public string Name { get; }

    public Uri Address { get; }

    public int Port => Address.Port;

    /// <summary>Processor time spent since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // utime and stime; the name before them may hold anything but a closing parenthesis.
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
            .Single();

    /// <summary>The hub under test.</summary>
    public static Task<MeasuredServer> HubAsync(params string[] settings) => OfThisToolAsync("MusicSocial", "serve-hub", settings);

    /// <summary>SignalR as it comes.</summary>
    public static Task<MeasuredServer> StockAsync() => OfThisToolAsync("stock SignalR", "serve-stock", []);

    /// <summary>The least it can cost; frames every <paramref name="tickMs"/>, or at once.</summary>
    public static Task<MeasuredServer> BareAsync(int tickMs = 0) =>
        StartAsync("bare C", [BareServer.Compile(), tickMs.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>What it says it has spent; nothing for the one in C.</summary>
    public async Task<Expenses> ExpensesAsync() =>
        Name == "bare C"
            ? new(0, 0, new Dictionary<string, long>())
            : (await _http.GetFromJsonAsync<Expenses>(new Uri(Address, Expenses.Path), JsonSerializerOptions.Web))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _silence;
        _process.Dispose();
    }

    private static Task<MeasuredServer> OfThisToolAsync(string name, string role, string[] settings) =>
        StartAsync(name, ["dotnet", Path.Combine(AppContext.BaseDirectory, "MusicSocial.Load.dll"), role, "--urls", "http://127.0.0.1:0", .. settings]);

    private static async Task<MeasuredServer> StartAsync(string name, string[] command)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the product's own: the web SDK chooses the server's collector, which a single core turns into the plain one.
        start.Environment["DOTNET_gcServer"] = "1";
        var process = Process.Start(start.With(["-c", Cores.OfServers, .. command]))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (ListeningOn().Match(line) is { Success: true } match)
                return new(name, process, new Uri(match.Groups[1].Value));
        }

        throw new InvalidOperationException($"{name} ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
