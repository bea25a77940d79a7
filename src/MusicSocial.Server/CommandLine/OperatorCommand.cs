using MusicSocial.Server.Accounts;
using MusicSocial.Server.Admin;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary><c>operator list</c>, <c>grant</c>, <c>revoke</c>, <c>reset</c> and <c>invite</c>: who moderates this hub, and ways in. The first operator can be made nowhere else.</summary>
internal static class OperatorCommand
{
    public static async Task<int> ListAsync(string[] settings)
    {
        await using var services = Services(settings);
        foreach (var handle in await services.GetRequiredService<AccountStore>().OperatorsAsync(CancellationToken.None))
            Console.WriteLine(handle);
        return 0;
    }

    public static Task<int> GrantAsync(string[] settings) => SetAsync(settings, isOperator: true);

    public static Task<int> RevokeAsync(string[] settings) => SetAsync(settings, isOperator: false);

    /// <summary>Prints a code with which the owner of an account sets a new password: for whom no operator can help over the API, operators among them.</summary>
    public static async Task<int> ResetAsync(string[] settings)
    {
        var handle = VerbServices.Configuration(settings)["handle"]!.TrimStart('@');
        await using var services = Services(settings);
        var account = await services.GetRequiredService<AccountStore>().FindByHandleAsync(handle, CancellationToken.None);
        if (account is not { User.Guest: false })
            throw new CannotStartException($"No account has the handle {handle}.");
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (nowMs, expires) = (now.ToUnixTimeMilliseconds(), now + Recovery.ResetLifetime);
        var code = RecoveryCode.New();
        await services.GetRequiredService<RecoveryCodeStore>()
            .SetResetAsync(account.User.Id, RecoveryCode.HashOf(account.User.Id, code), nowMs, expires.ToUnixTimeMilliseconds(), CancellationToken.None);
        // The machine's own decisions stand under the account they concern: no operator made them.
        await services.GetRequiredService<AuditStore>().AddAsync(
            new AuditRow { Id = Ids.New(nowMs), AtMs = nowMs, ById = account.User.Id, Action = Resets.Action, Subject = account.User.Id, Reason = "command line" },
            CancellationToken.None);
        Console.WriteLine($"{code} sets a new password for {handle}, once, until {expires:u}: Log in, Forgot your password?");
        return 0;
    }

    /// <summary>Prints the code of an invitation for one account: how the first people come to a hub whose sign-up is not open.</summary>
    public static async Task<int> InviteAsync(string[] settings)
    {
        await using var services = Services(settings);
        var nowMs = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        var code = SignUp.NewCode();
        await services.GetRequiredService<InvitationStore>().AddAsync(
            new InvitationRow { Id = Ids.New(nowMs), CodeHash = SignUp.HashOf(code), Note = "command line", Uses = 1, CreatedAtMs = nowMs }, CancellationToken.None);
        Console.WriteLine($"{code} invites one person: open the hub with /?invite={code}");
        return 0;
    }

    private static async Task<int> SetAsync(string[] settings, bool isOperator)
    {
        var handle = VerbServices.Configuration(settings)["handle"]!.TrimStart('@');
        await using var services = Services(settings);
        if (!await services.GetRequiredService<AccountStore>().SetOperatorAsync(handle, isOperator, CancellationToken.None))
            throw new CannotStartException($"No account has the handle {handle}. Guests cannot be operators: register an account first.");
        Console.WriteLine(isOperator ? $"{handle} is an operator now." : $"{handle} is no operator any more.");
        return 0;
    }

    private static ServiceProvider Services(string[] settings) => VerbServices.Build(settings, (services, _) =>
    {
        services.AddSingleton(TimeProvider.System);
        services.AddStorage().AddSingleton<AccountStore>().AddSingleton<RecoveryCodeStore>().AddSingleton<InvitationStore>().AddSingleton<AuditStore>();
    });
}
