using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Hosting;
using MusicSocial.Sync;

namespace MusicSocial.Server.Rooms;

/// <summary>Passwords of rooms: hashed like those of accounts, and slow to guess.</summary>
internal sealed class RoomPasswords(IPasswordHasher<User> hasher, SharedGate gate, IOptions<RoomOptions> options)
{
    /// <summary>The hash to keep; null for none. Refuses <c>room.invalid_password</c>.</summary>
    public string? Hash(string? password) => password switch
    {
        null or "" => null,
        { Length: <= RoomLimits.PasswordLength } => hasher.HashPassword(null!, password),
        _ => throw new RefusedException(RoomRefusals.InvalidPassword),
    };

    /// <summary>Refuses <c>room.password</c> unless the password opens the room; <c>rate.limited</c> for guessing from one address.</summary>
    public async Task CheckAsync(Room room, string? password, string address, CancellationToken cancellationToken)
    {
        if (room.PasswordHash is null)
            return;
        if (password is not { Length: > 0 and <= RoomLimits.PasswordLength })
            throw new RefusedException(RoomRefusals.Password);
        await gate.PassAsync("room-password", $"{room.Id} {address}", options.Value.Passwords, cancellationToken);
        if (hasher.VerifyHashedPassword(null!, room.PasswordHash, password) == PasswordVerificationResult.Failed)
            throw new RefusedException(RoomRefusals.Password);
    }
}
