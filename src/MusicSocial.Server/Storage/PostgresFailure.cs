using System.Net.Sockets;
using MusicSocial.Server.Api;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>Maps failures of PostgreSQL to refusals. Codes: PostgreSQL's appendix A.</summary>
internal static class PostgresFailure
{
    /// <summary>The server ended a transaction that was idle for too long.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>Two transactions conflicted and the server undid this one.</summary>
    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The connection was closed before or while it was used, as opposed to a timeout.</summary>
    public static bool IsStaleConnection(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }
            || exception.InnerException is IOException { InnerException: not TimeoutException } or SocketException or EndOfStreamException;

    /// <summary>The refusal, or null when the failure is the statement's own.</summary>
    public static Refusal? ToRefusal(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: var state }
            ? HubRefusals.Unavailable
            : state switch
            {
                // U+0000: JSON and SQLite allow it in texts, PostgreSQL does not.
                PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => Refusals.MalformedRequest,
                PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction
                    or IdleInTransaction or PostgresErrorCodes.LockNotAvailable
                    or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => HubRefusals.Unavailable,
                // 08: connection; 53: out of disk, memory or connections; 57P: shutting down, starting; 58: its disk failed.
                _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
                    || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) => HubRefusals.Unavailable,
                _ => null,
            };
}
