using System.Net.Sockets;
using MusicSocial.Server.Hosting;
using Npgsql;

namespace MusicSocial.Server.Storage;

/// <summary>What a failure of PostgreSQL means to whoever asked. Codes: PostgreSQL's appendix A.</summary>
internal static class PostgresFailure
{
    /// <summary>A transaction stood still for so long that the server ended it.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>Two writes stood in each other's way and this one was undone.</summary>
    public static bool IsMeeting(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The connection was closed before it was asked, or while it was; not a wait that took too long.</summary>
    public static bool IsStaleConnection(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }
            || exception.InnerException is IOException { InnerException: not TimeoutException } or SocketException or EndOfStreamException;

    /// <summary>The refusal, or null when the failure is the statement's own.</summary>
    public static Refusal? ToRefusal(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: var state }
            ? HubRefusals.Unavailable
            : state switch
            {
                // U+0000: JSON and SQLite know it, PostgreSQL's texts do not.
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
