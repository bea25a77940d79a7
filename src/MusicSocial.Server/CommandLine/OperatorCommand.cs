using MusicSocial.Server.Accounts;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary><c>operator list</c>, <c>grant</c> and <c>revoke</c>: who moderates this hub. The first operator can be made nowhere else.</summary>
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
        services.AddStorage().AddSingleton<AccountStore>();
    });
}
