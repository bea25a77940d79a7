using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Background;
using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Api;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

/// <summary>People who leave: their account is closed at once and deleted after a while, in which signing in again keeps it.</summary>
internal sealed class AccountDeletion(
    AccountStore accounts, DeletionStore store, SignInAttempts attempts, Sessions sessions, IOptions<AccountOptions> options, SecurityLog log, IHubClock clock)
{
    /// <summary>
    /// Asks for the deletion of one's own account: every session ends, on every node. A guest, who cannot sign in again, is deleted with the next sweep. Refuses
    /// <c>auth.invalid</c> for a wrong password.
    /// </summary>
    public async Task<DeletionView> RequestAsync(CurrentUser user, DeleteAccountRequest? request, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByIdAsync(user.Id, cancellationToken) ?? throw new RefusedException(AccountRefusals.UserNotFound);
        var fate = request?.Comments ?? CommentFate.Delete;
        if (!Enum.IsDefined(fate))
            throw new RefusedException(Refusals.Invalid("comments is keep or delete."));
        await attempts.ConfirmAsync(account, request?.Password, origin.Network, cancellationToken);

        var grace = account.User.Guest ? TimeSpan.Zero : options.Value.DeletionGrace;
        var deletesAtMs = (long)(clock.Now + grace).Ms;
        await store.RequestAsync(user.Id, deletesAtMs, keepsComments: fate == CommentFate.Keep, cancellationToken);
        log.DeletionAsked(user.Id);
        await sessions.EndAllAsync(user.Id, exceptId: null, SessionEnd.AccountDeleted, CancellationToken.None);
        return new(deletesAtMs);
    }
}

/// <summary>
/// Deletes accounts whose time has come. Any node does, and each step may be done twice: a node that ends in the middle leaves the rest to the next sweep.
/// </summary>
internal sealed partial class DeletionSweep(
    DeletionStore store, IEnumerable<IPersonalData> slices, Users users, Sessions sessions, SecurityLog log, IHubClock clock, TimeProvider time, ILogger<DeletionSweep> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), time, logger)
{
    /// <summary>What others see in place of the name.</summary>
    public const string DisplayName = "Deleted account";

    private const int BatchSize = 50;

    private readonly ILogger _logger = logger;

    /// <summary>Deletes what is due now.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var departure in await store.DueAsync((long)clock.Now.Ms, BatchSize, cancellationToken))
        {
            try
            {
                await DeleteAsync(departure, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The accounts behind this one do not wait for it.
                LogFailed(_logger, exception, departure.UserId);
            }
        }
    }

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => SweepAsync(stoppingToken);

    private async Task DeleteAsync(Departure departure, CancellationToken cancellationToken)
    {
        var (id, nowMs) = (departure.UserId, clock.Now.Ms);
        var handle = $"{Handles.DeletedPrefix}{Ids.NewCode(8).ToLowerInvariant()}";
        if (!await store.TryAnonymiseAsync(id, handle, DisplayName, Ids.New(nowMs), (long)nowMs, cancellationToken))
            return;
        await users.ChangedAsync([id]);
        await sessions.EndAllAsync(id, exceptId: null, SessionEnd.AccountDeleted, cancellationToken);
        foreach (var slice in slices)
            await slice.RemoveAsync(departure, cancellationToken);
        await store.FinishAsync(id, cancellationToken);
        log.Deleted(id);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The account {UserId} could not be deleted to the end; the next sweep goes on with it.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string userId);
}
