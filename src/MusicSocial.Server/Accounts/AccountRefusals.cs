namespace MusicSocial.Server.Accounts;

internal static class AccountRefusals
{
    public static readonly Refusal HandleInvalid = new("account.handle_invalid", RefusalKind.Invalid, "A handle is 3 to 30 letters, digits, dots, dashes or underscores and starts with a letter or digit.");
    public static readonly Refusal HandleTaken = new("account.handle_taken", RefusalKind.Conflict, "This handle is taken.");
    public static readonly Refusal PasswordWeak = new("account.password_weak", RefusalKind.Invalid, "A password has 8 to 128 characters and is neither the handle nor one that everyone uses.");
    public static readonly Refusal WrongCredentials = new("auth.invalid", RefusalKind.Unauthenticated, "Handle or password is wrong.");
    public static readonly Refusal WrongCode = new("auth.invalid", RefusalKind.Unauthenticated, "Handle or code is wrong, or the code was used before.");
    public static readonly Refusal RefreshInvalid = new("auth.expired", RefusalKind.Unauthenticated, "This refresh token is no longer good; log in again.");
    public static readonly Refusal SessionNotFound = new("session.not_found", RefusalKind.NotFound, "This session is not yours or has ended.");
    public static readonly Refusal NotGuest = new("account.not_guest", RefusalKind.Conflict, "This account has a password already.");
    public static readonly Refusal Guest = new("account.guest", RefusalKind.Conflict, "A guest has no password; make the guest an account first.");
    public static readonly Refusal SignUpClosed = new("account.sign_up_closed", RefusalKind.Forbidden, "This hub takes no new accounts.");
    public static readonly Refusal GuestsNotWelcome = new("account.sign_up_closed", RefusalKind.Forbidden, "This hub takes no guests; log in.");
    public static readonly Refusal InvitationInvalid = new("account.invitation_invalid", RefusalKind.Forbidden, "Signing up here takes an invitation, and this is none that is still good.");
    public static readonly Refusal UserNotFound = new("user.not_found", RefusalKind.NotFound, "There is no user with this handle.");

    public static Refusal Suspended(string reason) => new("auth.suspended", RefusalKind.Forbidden, $"This account is suspended: {reason}");
}
