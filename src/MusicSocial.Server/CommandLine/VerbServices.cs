using MusicSocial.Server.Storage;

namespace MusicSocial.Server.CommandLine;

/// <summary>Settings and services of verbs that work on the hub's data without serving.</summary>
internal static class VerbServices
{
    /// <summary>The settings as the hub would read them: <c>appsettings.json</c>, environment, command line.</summary>
    public static IConfigurationRoot Configuration(string[] settings) =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build();

    /// <summary>Where the hub keeps its data by these settings.</summary>
    public static StorageOptions Storage(IConfiguration configuration)
    {
        var options = new StorageOptions();
        configuration.Bind(options);
        return options;
    }

    /// <summary>Services of the given slices over these settings; nothing runs in the background.</summary>
    public static ServiceProvider Build(string[] settings, Action<IServiceCollection, IConfiguration> add)
    {
        var services = new ServiceCollection();
        var configuration = Configuration(settings);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning));
        add(services, configuration);
        return services.BuildServiceProvider();
    }
}
