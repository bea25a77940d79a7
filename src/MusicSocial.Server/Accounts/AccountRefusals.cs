namespace MusicSocial.Server.Accounts;

internal static class AccountRefusals
{
    public static readonly Refusal HandleInvalid = new("account.handle_invalid", "A handle is 3 to 30 letters, digits, dots, dashes or underscores and starts with a letter or digit.");
    public static readonly Refusal HandleTaken = new("account.handle_taken", "Somebody else has this handle.");
    public static readonly Refusal PasswordWeak = new("account.password_weak", "A password has 8 to 128 characters and is not the handle.");
    public static readonly Refusal WrongCredentials = new("auth.invalid", "Handle or password is wrong.");
    public static readonly Refusal RefreshInvalid = new("auth.expired", "This refresh token is no longer good; log in again.");
    public static readonly Refusal UserNotFound = new("user.not_found", "Nobody has this handle.");
}
