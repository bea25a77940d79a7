using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MusicSocial.Realtime.Transport;
using MusicSocial.Server.Accounts.Keys;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts;

internal static class AccountsFeature
{
    private const string TokenInQuery = "access_token";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        // Before the framework's own service reads the keys.
        services.AddSingleton<KeySeals>().AddHostedService<KeySealing>();
        services.AddDataProtection().SetApplicationName("MusicSocial");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IOptions<StorageOptions>, Database, KeySeals, ILoggerFactory>((keys, storage, database, seals, loggers) =>
            {
                keys.XmlRepository = storage.Value.IsShared
                    ? new SharedKeyStore(database)
                    : new FileSystemXmlRepository(Directory.CreateDirectory(storage.Value.KeyFolder), loggers);
                keys.XmlEncryptor = seals.Current is { } seal ? new KeyEncryptor(seal) : null;
            });

        services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken(options =>
        {
            options.BearerTokenExpiration = TimeSpan.FromHours(1);
            options.RefreshTokenExpiration = TimeSpan.FromDays(90);
            options.Events.OnMessageReceived = TakeTokenFromHubQuery;
        });
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme)
            .PostConfigure<KnownTokens>((options, known) => options.BearerTokenProtector = new KnownTokenFormat(options.BearerTokenProtector, known));
        services.AddAuthorization();

        services.AddSingleton(provider =>
            new KnownTokens(provider.GetRequiredService<EndedSessions>().Has, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SessionStore>().AddSingleton<EndedSessions>().AddHostedService(provider => provider.GetRequiredService<EndedSessions>());
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GuestStore>().AddHostedService<GuestCleanup>();
        services.AddSingleton<AccountStore>().AddSingleton<Staff>().AddSingleton<Users>().AddSingleton<Sessions>().AddSingleton<SignIn>().AddSingleton<AccountChanges>();
        services.AddSingleton<SecurityLog>().AddSingleton<SignInAttempts>().AddSingleton<RecoveryCodeStore>().AddSingleton<Recovery>();
        services.AddSingleton<InvitationStore>().AddSingleton<SignUp>();
        services.AddSingleton<AccountExport>().AddSingleton<DeletionStore>().AddSingleton<AccountDeletion>();
        services.AddSingleton<DeletionSweep>().AddHostedService(provider => provider.GetRequiredService<DeletionSweep>());
        // PBKDF2 with SHA-512; OWASP's Password Storage Cheat Sheet asks for 210,000 rounds.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>().AddSingleton<Passwords>();
        return services;
    }

    /// <summary>Clients that come back to the hub with a known token skip the middleware; in a reconnect storm that is all of them.</summary>
    public static void UseKnownTokens(this WebApplication app)
    {
        // Made with the first request: it reads the database, for which a starting node waits.
        var known = new Lazy<KnownTokens>(app.Services.GetRequiredService<KnownTokens>);
        app.UseTopicHubShortcut(http => known.Value.Find(http.Request.Query[TokenInQuery]));
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes) => routes.MapAccountsApi();

    // Browsers cannot set headers on a WebSocket; the query of a request is never logged (see Hosting).
    private static Task TakeTokenFromHubQuery(MessageReceivedContext context)
    {
        if (context.HttpContext.Request.Path.StartsWithSegments("/hub", StringComparison.Ordinal))
            context.Token = context.Request.Query[TokenInQuery];
        return Task.CompletedTask;
    }
}
