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
    public const string Bare = "bare C";
    public const string Hub = "MusicSocial";
    public const string Stock = "stock SignalR";
    public const string Product = "MusicSocial with its database";

    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly Task _silence;

    private readonly bool _tells;

    private MeasuredServer(string name, Process process, Uri address, bool tells)
    {
        (Name, _process, Address, _tells) = (name, process, address, tells);
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
    public static Task<MeasuredServer> HubAsync(params string[] settings) => OfThisToolAsync(Hub, "serve-hub", settings);

    /// <summary>SignalR as it comes.</summary>
    public static Task<MeasuredServer> StockAsync(params string[] settings) => OfThisToolAsync(Stock, "serve-stock", settings);

    /// <summary>The least it can cost; frames every <paramref name="tickMs"/>, or at once.</summary>
    public static Task<MeasuredServer> BareAsync(int tickMs = 0) =>
        StartAsync(Bare, [BareServer.Compile(), tickMs.ToString(CultureInfo.InvariantCulture)], tells: false);

    /// <summary>The whole product, on a data folder.</summary>
    public static Task<MeasuredServer> ProductAsync(string folder, params string[] settings) =>
        StartAsync(
            Product,
            [
                "dotnet", Path.Combine(AppContext.BaseDirectory, "MusicSocial.Server.dll"), "--urls", "http://127.0.0.1:0", "--data", folder,
                // Its own settings lie beside it: without them it would write two lines for every request.
                "--contentRoot", AppContext.BaseDirectory,
                "--Catalog:MeasureLoudness", "false",
                "--Limits:Comments:PerSecond", "1000000", "--Limits:Comments:Burst", "1000000",
                "--Limits:HubCalls:PerSecond", "1000000", "--Limits:HubCalls:Burst", "1000000", .. settings,
            ],
            tells: false);

    /// <summary>All three that are compared.</summary>
    public static IEnumerable<Func<Task<MeasuredServer>>> Compared { get; } = [() => BareAsync(), () => HubAsync(), () => StockAsync()];

    /// <summary>What it says it has spent; nothing when it cannot say.</summary>
    public async Task<Expenses> ExpensesAsync() =>
        _tells
            ? (await _http.GetFromJsonAsync<Expenses>(new Uri(Address, Expenses.Path), JsonSerializerOptions.Web))!
            : new(0, 0, new Dictionary<string, long>());

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
        StartAsync(name, ["dotnet", Path.Combine(AppContext.BaseDirectory, "MusicSocial.Load.dll"), role, "--urls", "http://127.0.0.1:0", .. settings], tells: true);

    private static async Task<MeasuredServer> StartAsync(string name, string[] command, bool tells)
    {
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the product's own: the web SDK chooses the server's collector, which a single core turns into the plain one.
        start.Environment["DOTNET_gcServer"] = "1";
        var process = Process.Start(start.With(["-c", Cores.OfServers, .. command]))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (ListeningOn().Match(line) is { Success: true } match)
                return new(name, process, new Uri(match.Groups[1].Value), tells);
        }

        throw new InvalidOperationException($"{name} ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
