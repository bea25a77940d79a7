using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using MusicSocial.Server.Api;

namespace MusicSocial.Server.Accounts;

/// <summary>
/// Hashes and checks passwords, of accounts and of rooms. Each takes some tenths of a second of processor, so it happens on threads of its own, one fewer than
/// there are cores, and few wait: a flood of sign-ins is refused with <c>rate.limited</c> and the hub's clock goes on.
/// </summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>Longer ones are refused unread: what is hashed is bounded.</summary>
    public const int MaxLength = 128;

    private const int MinLength = 8;
    private const int MaxWaiting = 32;

    // The 10,000 most used of at least eight characters, of the zxcvbn project (MIT licence): the first 48 bits of the SHA-256 of each.
    private static readonly Lazy<FrozenSet<string>> Common = new(() =>
    {
        using var list = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("MusicSocial.Server.Accounts.CommonPasswords.txt")!);
        return list.ReadToEnd().Split('\n').ToFrozenSet(StringComparer.Ordinal);
    });

    private readonly BlockingCollection<Action> _work = new(MaxWaiting);
    private readonly IPasswordHasher<User> _hasher;

    public Passwords(IPasswordHasher<User> hasher)
    {
        _hasher = hasher;
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount - 1); i++)
            new Thread(Work) { IsBackground = true, Name = "passwords" }.Start();
    }

    /// <summary>The password of an account to be; refuses <c>account.password_weak</c>: too short, too long, the handle, one character over and over, or one of those everyone tries first.</summary>
    public static string Check(string? password, string handle) =>
        password is { Length: <= MaxLength }
        && Normalize(password) is { Length: >= MinLength } normal
        && !normal.Equals(handle, StringComparison.OrdinalIgnoreCase)
        && normal.Distinct().Skip(1).Any()
        && !Common.Value.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal.ToLowerInvariant())))[..12])
            ? password
            : throw new RefusedException(AccountRefusals.PasswordWeak);

    /// <summary>What to keep of a password. However a device composes its characters, it is the same password.</summary>
    public Task<string> HashAsync(string password) => RunAsync(() => _hasher.HashPassword(null!, Normalize(password)));

    /// <summary>Whether this is the password that was hashed; says too when it should be hashed anew, by today's measure.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(string hash, string password) => RunAsync(() => Verify(hash, password));

    public void Dispose() => _work.CompleteAdding();

    // Hashes of before were made of what was typed, in whichever form: both are tried, and the hash is renewed. Only characters beyond ASCII have forms.
    private PasswordVerificationResult Verify(string hash, string password)
    {
        var normal = Normalize(password);
        var verdict = _hasher.VerifyHashedPassword(null!, hash, normal);
        if (verdict != PasswordVerificationResult.Failed || Ascii.IsValid(password))
            return verdict;
        var wellFormed = WellFormed(password);
        string[] earlier = [wellFormed, wellFormed.Normalize(NormalizationForm.FormC), wellFormed.Normalize(NormalizationForm.FormD)];
        return earlier.Distinct(StringComparer.Ordinal).Any(form => form != normal && _hasher.VerifyHashedPassword(null!, hash, form) != PasswordVerificationResult.Failed)
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Failed;
    }

    // NIST SP 800-63B-4, 3.1.1.2: normalised before hashing. KC: full-width letters of an input method are the plain ones too.
    private static string Normalize(string password) => WellFormed(password).Normalize(NormalizationForm.FormKC);

    // Half a surrogate pair has no normal form; hashing has always read it as U+FFFD.
    private static string WellFormed(string password) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(password));

    private Task<T> RunAsync<T>(Func<T> compute)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _work.TryAdd(() => Complete(done, compute))
            ? done.Task
            : throw new RefusedException(Refusals.RateLimited(TimeSpan.FromSeconds(5)));
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> compute)
    {
        try
        {
            done.SetResult(compute());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    private void Work()
    {
        foreach (var compute in _work.GetConsumingEnumerable())
            compute();
    }
}
