using MusicSocial.Server.Limits;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// What happens to accounts, one line each in the category <c>MusicSocial.Security</c>, with event ids that do not change (docs/operations.md). It names
/// users and sessions by id and networks as limits count them; handles, texts, passwords, codes and tokens are not in it.
/// </summary>
internal sealed partial class SecurityLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("MusicSocial.Security");

    public void SignedIn(string userId, string sessionId, SignInWay way, ClientNetwork from) => LogSignedIn(_logger, userId, sessionId, way, from.Name);

    public void SignInRefused(string? userId, SignInWay way, string code, ClientNetwork from) => LogSignInRefused(_logger, userId ?? "unknown", way, code, from.Name);

    public void SessionsEnded(string userId, IReadOnlyCollection<string> sessionIds, SessionEnd why)
    {
        foreach (var sessionId in sessionIds)
            LogSessionEnded(_logger, userId, sessionId, why);
    }

    [LoggerMessage(EventId = 1003, EventName = "PasswordChanged", Level = LogLevel.Information, Message = "Password changed: user {UserId}.")]
    public partial void PasswordChanged(string userId);

    [LoggerMessage(EventId = 1004, EventName = "RecoveryCodesMade", Level = LogLevel.Information, Message = "New recovery codes: user {UserId}.")]
    public partial void RecoveryCodesMade(string userId);

    [LoggerMessage(EventId = 1005, EventName = "Recovered", Level = LogLevel.Warning, Message = "Account recovered with a code: user {UserId}.")]
    public partial void Recovered(string userId);

    [LoggerMessage(EventId = 1006, EventName = "ResetGiven", Level = LogLevel.Warning, Message = "Reset code made for user {UserId} by {ById}.")]
    public partial void ResetGiven(string userId, string byId);

    [LoggerMessage(EventId = 1007, EventName = "Suspended", Level = LogLevel.Warning, Message = "Suspended: user {UserId} by {ById}.")]
    public partial void Suspended(string userId, string byId);

    [LoggerMessage(EventId = 1008, EventName = "Restored", Level = LogLevel.Information, Message = "Suspension lifted: user {UserId} by {ById}.")]
    public partial void Restored(string userId, string byId);

    [LoggerMessage(EventId = 1009, EventName = "DeletionAsked", Level = LogLevel.Warning, Message = "Deletion asked for: user {UserId}.")]
    public partial void DeletionAsked(string userId);

    [LoggerMessage(EventId = 1010, EventName = "DeletionCancelled", Level = LogLevel.Information, Message = "Deletion cancelled by signing in: user {UserId}.")]
    public partial void DeletionCancelled(string userId);

    [LoggerMessage(EventId = 1011, EventName = "Deleted", Level = LogLevel.Warning, Message = "Account deleted: user {UserId}.")]
    public partial void Deleted(string userId);

    [LoggerMessage(EventId = 1000, EventName = "SignedIn", Level = LogLevel.Information, Message = "Signed in: user {UserId}, session {SessionId}, by {Way}, from {Network}.")]
    private static partial void LogSignedIn(ILogger logger, string userId, string sessionId, SignInWay way, string network);

    [LoggerMessage(EventId = 1001, EventName = "SignInRefused", Level = LogLevel.Warning, Message = "Sign-in refused: user {UserId}, by {Way}, {Code}, from {Network}.")]
    private static partial void LogSignInRefused(ILogger logger, string userId, SignInWay way, string code, string network);

    [LoggerMessage(EventId = 1002, EventName = "SessionEnded", Level = LogLevel.Information, Message = "Session ended: user {UserId}, session {SessionId}, {Why}.")]
    private static partial void LogSessionEnded(ILogger logger, string userId, string sessionId, SessionEnd why);
}

/// <summary>How a person proved who they are.</summary>
internal enum SignInWay
{
    Guest,
    Registration,
    Password,
    RecoveryCode,

    /// <summary>A token of before there were sessions, or a session that ended while its owner changed the account.</summary>
    Token,
}

/// <summary>Why a session ended.</summary>
internal enum SessionEnd
{
    LogOut,
    ByOwner,
    TokenReused,
    PasswordChanged,
    Recovered,
    Suspended,
    ByModerator,
    AccountDeleted,
}
