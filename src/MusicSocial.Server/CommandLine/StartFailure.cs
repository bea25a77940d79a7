using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MusicSocial.Server.CommandLine;

/// <summary>
/// Why a verb cannot do its work, in one line an operator can act on. Failures of the surroundings (a port, a folder, a password) are told without a
/// stack; any other exception is a bug and keeps its stack.
/// </summary>
internal static class StartFailure
{
    /// <summary>Runs a verb; a failure of the surroundings becomes one line on standard error and exit code 1.</summary>
    public static async Task<int> ReportAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception exception) when (Describe(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    /// <summary>The line for a failure of the surroundings; null for a bug.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        CannotStartException => exception.Message,
        OptionsValidationException invalid => $"Setting refused: {string.Join(' ', invalid.Failures)}",
        IOException { InnerException: AddressInUseException } => $"{exception.Message.TrimEnd('.')}: stop the other program, or choose another address with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "The address may not be used: ports below 1024 need root or CAP_NET_BIND_SERVICE. Choose another with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "The address in --urls is none of this machine's.",
        SqliteException sqlite => $"The database cannot be opened: {sqlite.Message}",
        PostgresException refused => $"PostgreSQL refused: {refused.MessageText} ({refused.SqlState}). Check --postgres.",
        NpgsqlException unreachable => $"PostgreSQL cannot be reached: {unreachable.Message}. Check --postgres, and that the server runs.",
        DbException or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException => exception.Message,
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => null,
    };
}

/// <summary>A verb's own refusal to do its work; the message is the one line that is shown.</summary>
internal sealed class CannotStartException(string message) : Exception(message);
