namespace MusicSocial.Server.Accounts;

/// <summary>POST /api/accounts/guest.</summary>
public sealed record GuestRequest(string? DisplayName);

/// <summary>POST /api/accounts.</summary>
public sealed record RegisterRequest(string? Handle, string? Password, string? DisplayName);

/// <summary>POST /api/accounts/login.</summary>
public sealed record LoginRequest(string? Handle, string? Password);

/// <summary>POST /api/accounts/refresh.</summary>
public sealed record RefreshRequest(string? RefreshToken);

/// <summary>Proof of who one is: the access token opens HTTP and the hub for <c>expiresInSeconds</c>, the refresh token gets the next.</summary>
public sealed record Session(string AccessToken, string RefreshToken, int ExpiresInSeconds, User User);
