using System.CommandLine;
using System.Globalization;

namespace MusicSocial.Server.CommandLine;

/// <summary>
/// The command line: <c>musicsocial [verb] [settings]</c>; without a verb the hub is served. Settings are those of docs/operations.md and reach every
/// verb through the configuration (<c>appsettings.json</c>, environment, command line: the last one wins), so only the usual ones are listed by <c>--help</c>.
/// </summary>
internal static class MusicSocialCommand
{
    private static readonly Option<string> Data = Setting("--data", "folder", "Folder of the database, keys and prepared files (default: data).");
    private static readonly Option<string> Music = Setting("--music", "folders", "Music folders, separated by ';' (default: the demo library).");
    private static readonly Option<string> Postgres = Setting("--postgres", "connection", "PostgreSQL that all nodes share, as an Npgsql connection string (default: SQLite in --data).");
    private static readonly Option<string> Redis = Setting("--redis", "host:port", "Redis that joins nodes into one hub (default: this node is alone).");
    private static readonly Option<string> Urls = Setting("--urls", "addresses", "Addresses to listen on, separated by ';' (default: http://localhost:5080).");
    private static readonly Option<string> Proxies = Setting("--proxies", "networks", "Proxies that may say where a request came from, separated by commas (default: this machine).");
    private static readonly Option<string> BasePath = Setting("--basepath", "path", "Path of its host under which the hub is reached, such as /music (default: it has the host to itself).");
    private static readonly Option<string> Otlp = Setting("--otlp", "address", "OpenTelemetry collector, e.g. http://localhost:4317.");

    /// <summary>Parses and runs; returns the exit code: 0 done, 1 not possible (one line on standard error says why), 2 not understood.</summary>
    /// <param name="arguments">As given to the process.</param>
    /// <param name="serve">Runs the hub with the given settings until it is stopped.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<string[], Task<int>> serve)
    {
        // What is printed and logged reads the same wherever the machine stands.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("A real-time social listening hub. Without a verb it serves.") { TreatUnmatchedTokensAsErrors = false };
        Add(root, [Urls, Data, Music, Redis, Postgres, Proxies, BasePath, Otlp], serve);
        root.Subcommands.Add(Verb("serve", "Starts the hub and runs until it is stopped.", [Urls, Data, Music, Redis, Postgres, Proxies, BasePath, Otlp], serve));
        root.Subcommands.Add(Verb("scan", "Reads the music folders once, says what was found and skipped, and ends.", [Data, Music, Postgres], ScanCommand.RunAsync));
        root.Subcommands.Add(Verb(
            "copy", "Moves what an embedded hub kept to an empty PostgreSQL database.",
            [Required("--from", "folder", "Data folder of the embedded hub, which is not running."), Required("--to", "connection", "Npgsql connection string.")],
            CopyCommand.RunAsync));
        root.Subcommands.Add(Verb(
            "backup", "Writes accounts, rooms, comments, lyrics and keys into one file, also while the hub runs.",
            [Required("--to", "file", "File to write, which does not exist yet."), Data, Postgres], BackupCommand.BackupAsync));
        root.Subcommands.Add(Verb(
            "restore", "Puts a backup into an empty data folder or database.",
            [Required("--from", "file", "File that backup wrote."), Data, Postgres], BackupCommand.RestoreAsync));
        root.Subcommands.Add(OperatorVerb());
        root.Subcommands.Add(Verb(
            "doctor", "Checks ports, folders, tools, fonts, Redis and PostgreSQL, and says what to do.", [Urls, Data, Music, Redis, Postgres], DoctorCommand.RunAsync));

        var parsed = root.Parse(arguments);
        // A setting of any slice may be given as --Section:Key; a word that is neither a verb nor a setting's value is a mistake.
        if (parsed.Errors.Count == 0 && ReferenceEquals(parsed.CommandResult.Command, root) && arguments is [{ } first, ..] && !first.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync($"'{first}' is not a verb of this hub; --help lists them.");
            return 2;
        }

        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private static Command OperatorVerb()
    {
        var command = new Command("operator", "Lists operators, or makes an account one. Operators moderate: they may remove any comment.");
        command.Subcommands.Add(Verb("list", "Lists the handles of all operators.", [Data, Postgres], OperatorCommand.ListAsync));
        command.Subcommands.Add(Verb("grant", "Makes an account an operator.", [Required("--handle", "handle", "Handle of the account."), Data, Postgres], OperatorCommand.GrantAsync));
        command.Subcommands.Add(Verb("revoke", "Takes the role from an account.", [Required("--handle", "handle", "Handle of the account."), Data, Postgres], OperatorCommand.RevokeAsync));
        command.Subcommands.Add(Verb("invite", "Prints an invitation for one account, where signing up takes one.", [Data, Postgres], OperatorCommand.InviteAsync));
        command.Subcommands.Add(Verb("reset", "Prints a code with which the owner of an account sets a new password.", [Required("--handle", "handle", "Handle of the account."), Data, Postgres], OperatorCommand.ResetAsync));
        return command;
    }

    private static Command Verb(string name, string description, Option<string>[] settings, Func<string[], Task<int>> run)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        Add(command, settings, run);
        return command;
    }

    private static void Add(Command command, Option<string>[] settings, Func<string[], Task<int>> run)
    {
        foreach (var setting in settings)
            command.Options.Add(setting);
        command.SetAction((parsed, _) => StartFailure.ReportAsync(() => run(SettingsIn(parsed))));
    }

    // Verbs are words without a dash in front; what remains are settings, which the configuration reads itself.
    private static string[] SettingsIn(ParseResult parsed)
    {
        var verbs = 0;
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result?.Parent is not null; result = result.Parent)
            verbs++;
        return [.. parsed.Tokens.Skip(verbs).Select(token => token.Value)];
    }

    private static Option<string> Setting(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static Option<string> Required(string name, string value, string description) => new(name) { Description = description, HelpName = value, Required = true };
}
