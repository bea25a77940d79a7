using MusicSocial.Client.Http;

namespace MusicSocial.Client.Accounts;

/// <summary>A session with new tokens.</summary>
/// <param name="session">What to keep in place of the session before.</param>
public sealed class SessionRenewedEventArgs(Session session) : EventArgs
{
    /// <summary>The session as it is now.</summary>
    public Session Session => session;
}

/// <summary>Signing in. The session is renewed by itself for as long as the client lives.</summary>
public sealed class AccountsClient
{
    private readonly ApiClient _http;

    internal AccountsClient(ApiClient http)
    {
        _http = http;
        http.Tokens.Renewed = session => SessionRenewed?.Invoke(this, new(session));
    }

    /// <summary>The session has new tokens. A program that keeps it must keep these now: the refresh token before is good no more, and using it again ends the session.</summary>
    public event EventHandler<SessionRenewedEventArgs>? SessionRenewed;

    /// <summary>The signed-in user with the present tokens; null when signed out.</summary>
    public Session? Session => _http.Tokens.Session;

    /// <summary>Signs in as a new guest.</summary>
    public Task<Session> SignInAsGuestAsync(string displayName, CancellationToken cancellationToken = default) =>
        SignInAsync("/api/accounts/guest", new GuestRequest(displayName), cancellationToken);

    /// <summary>Makes an account and signs in.</summary>
    /// <param name="handle">3 to 30 of <c>A-Z a-z 0-9 . - _</c>.</param>
    /// <param name="password">8 to 128 characters.</param>
    /// <param name="displayName">What others see.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Session> RegisterAsync(string handle, string password, string displayName, CancellationToken cancellationToken = default) =>
        SignInAsync("/api/accounts", new RegisterRequest(handle, password, displayName), cancellationToken);

    /// <summary>Signs in to an account; refused <c>auth.invalid</c> when handle or password are wrong.</summary>
    public Task<Session> LogInAsync(string handle, string password, CancellationToken cancellationToken = default) =>
        SignInAsync("/api/accounts/login", new LoginRequest(handle, password), cancellationToken);

    /// <summary>Sets a new password by a recovery code, or one an operator gave out, and signs in: every other session ends. Refused <c>auth.invalid</c>.</summary>
    public Task<Session> RecoverAsync(string handle, string code, string password, CancellationToken cancellationToken = default) =>
        SignInAsync("/api/accounts/recover", new RecoverRequest(handle, code, password), cancellationToken);

    /// <summary>Makes new recovery codes, each good once; those before are good no more. They cannot be asked for again.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(string password, CancellationToken cancellationToken = default) =>
        (await _http.PostAsync<RecoveryCodes>("/api/accounts/recovery-codes", new PasswordConfirmation(password), Bearer.Required, cancellationToken)).Codes;

    /// <summary>Continues a session that was kept, in one client only. It is renewed with the first call that needs it (<see cref="SessionRenewed"/>).</summary>
    public void Resume(Session session) => _http.Tokens.TakeOld(session);

    /// <summary>The signed-in user.</summary>
    public Task<User> MeAsync(CancellationToken cancellationToken = default) => _http.GetAsync<User>("/api/accounts/me", cancellationToken);

    /// <summary>A page of the inbox, newest first.</summary>
    public Task<InboxPage> InboxAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _http.GetAsync<InboxPage>(Query.Of("/api/me/inbox", ("cursor", cursor), ("limit", limit)), cancellationToken);

    /// <summary>Everything in the inbox has been looked at.</summary>
    public Task<InboxRead> MarkInboxReadAsync(CancellationToken cancellationToken = default) =>
        _http.PutAsync<InboxRead>("/api/me/inbox/read", null, cancellationToken);

    /// <summary>Asks for the deletion of the account and signs out; signing in within the time that is left keeps it.</summary>
    /// <param name="password">The password; null for guests.</param>
    /// <param name="comments">What becomes of the account's comments.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<DeletionView> DeleteAccountAsync(string? password, CommentFate comments, CancellationToken cancellationToken = default)
    {
        var deletion = await _http.DeleteAsync<DeletionView>("/api/accounts/me", new DeleteAccountRequest(password, comments), cancellationToken);
        _http.Tokens.Forget();
        return deletion;
    }

    private async Task<Session> SignInAsync(string path, object request, CancellationToken cancellationToken)
    {
        var session = await _http.PostAsync<Session>(path, request, Bearer.None, cancellationToken);
        _http.Tokens.Take(session);
        return session;
    }
}
