namespace MusicSocial.Client.Accounts;

/// <summary>The session of the signed-in user, renewed before it runs out; one renewal at a time.</summary>
internal sealed class Tokens(Func<RefreshRequest, CancellationToken, Task<Session>> refresh, TimeProvider time) : IDisposable
{
    /// <summary>Renewed this share of its life early.</summary>
    private const double EarlyShare = 0.1;

    private readonly SemaphoreSlim _renewing = new(1);
    private volatile Held? _held;

    /// <summary>A session and how long it is used.</summary>
    /// <param name="Session">The tokens.</param>
    /// <param name="Since">When they were taken.</param>
    /// <param name="GoodFor">How long the access token is used from then on.</param>
    /// <param name="RenewalId">Names their renewal, however often it is asked for: a refresh token that comes twice under different names ends the session.</param>
    private sealed record Held(Session Session, long Since, TimeSpan GoodFor, string RenewalId);

    public Session? Session => _held?.Session;

    /// <summary>Called with each session that replaced another.</summary>
    public Action<Session>? Renewed { get; set; }

    /// <summary>Takes a session just issued.</summary>
    public void Take(Session session) => _held = new Held(session, time.GetTimestamp(), TimeSpan.FromSeconds(session.ExpiresInSeconds), NewRenewalId());

    /// <summary>Takes a session of unknown age: it is renewed before it is used.</summary>
    public void TakeOld(Session session) => _held = new Held(session, time.GetTimestamp(), TimeSpan.Zero, NewRenewalId());

    public void Forget() => _held = null;

    /// <summary>A node rejected this token: it is renewed before it is used again.</summary>
    public void Invalidate(string accessToken)
    {
        if (_held is { } held && held.Session.AccessToken == accessToken)
            _held = held with { GoodFor = TimeSpan.Zero };
    }

    /// <summary>A token good for some while yet.</summary>
    /// <exception cref="RefusedException"><c>auth.required</c>: no user is signed in; <c>auth.expired</c>: signed in too long ago.</exception>
    public async Task<string> AccessTokenAsync(CancellationToken cancellationToken)
    {
        if (Good() is { } good)
            return good;
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (Good() is { } renewed)
                return renewed;
            var old = _held ?? throw new RefusedException(HubRefusals.SignInRequired);
            Take(await refresh(new RefreshRequest(old.Session.RefreshToken, old.RenewalId), cancellationToken));
            Renewed?.Invoke(_held.Session);
            return _held.Session.AccessToken;
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    private static string NewRenewalId() => Guid.CreateVersion7().ToString("N");

    private string? Good() =>
        _held is { } held && time.GetElapsedTime(held.Since) < held.GoodFor * (1 - EarlyShare) ? held.Session.AccessToken : null;
}
