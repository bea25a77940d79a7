namespace MusicSocial.Client.Accounts;

/// <summary>The session of the signed-in user, renewed before it runs out; one renewal at a time.</summary>
internal sealed class Tokens(Func<string, CancellationToken, Task<Session>> refresh, TimeProvider time) : IDisposable
{
    /// <summary>Renewed this share of its life early.</summary>
    private const double EarlyShare = 0.1;

    private readonly SemaphoreSlim _renewing = new(1);
    private volatile Held? _held;

    private sealed record Held(Session Session, long Since, TimeSpan GoodFor);

    public Session? Session => _held?.Session;

    /// <summary>Takes a session just issued.</summary>
    public void Take(Session session) => _held = new Held(session, time.GetTimestamp(), TimeSpan.FromSeconds(session.ExpiresInSeconds));

    /// <summary>Takes a session of unknown age: it is renewed before it is used.</summary>
    public void TakeOld(Session session) => _held = new Held(session, time.GetTimestamp(), TimeSpan.Zero);

    public void Forget() => _held = null;

    /// <summary>A node rejected this token: it is renewed before it is used again.</summary>
    public void Invalidate(string accessToken)
    {
        if (_held is { } held && held.Session.AccessToken == accessToken)
            TakeOld(held.Session);
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
            Take(await refresh(old.Session.RefreshToken, cancellationToken));
            return _held.Session.AccessToken;
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    private string? Good() =>
        _held is { } held && time.GetElapsedTime(held.Since) < held.GoodFor * (1 - EarlyShare) ? held.Session.AccessToken : null;
}
