using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests;

/// <summary>
/// Where hubs under test keep things, chosen by the environment variable MUSICSOCIAL_TEST_STORES: <c>embedded</c> (default) or
/// <c>cluster</c>. test.sh runs classes with <c>[Trait("Stores", "both")]</c>, those that store something or cross nodes, with both.
/// In a cluster every data folder has a database and a part of Redis of its own, so that a hub started again finds what it left.
/// </summary>
internal static class TestStores
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, string> Databases = [];
    private static readonly SemaphoreSlim Migrating = new(1);
    private static string? _template;

    public static bool AreCluster { get; } = Environment.GetEnvironmentVariable("MUSICSOCIAL_TEST_STORES") switch
    {
        null or "" or "embedded" => false,
        "cluster" => true,
        var other => throw new InvalidOperationException($"MUSICSOCIAL_TEST_STORES is neither embedded nor cluster: {other}"),
    };

    /// <summary>The settings of a hub on this data folder, beside the folder itself. Redis keeps real time: a hub whose clock tests move goes without.</summary>
    public static IReadOnlyDictionary<string, string> SettingsOf(string dataFolder, bool isInRealTime = true)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (PostgresOf(dataFolder) is { } postgres)
            settings["Postgres"] = postgres;
        if (AreCluster && isInRealTime)
            settings["Redis"] = $"{Wait(RedisServer.SharedAsync).Address},prefix={Path.GetFileName(dataFolder)}";
        return settings;
    }

    /// <summary>A database on this data folder without a hub.</summary>
    public static Database Open(string dataFolder) =>
        Open(new StorageOptions { Data = dataFolder, Postgres = PostgresOf(dataFolder) });

    public static Database Open(StorageOptions options) =>
        new(Options.Create(options), TimeProvider.System, NullLogger<Database>.Instance);

    /// <summary>Called when a folder is gone for good.</summary>
    public static async Task ForgetAsync(string dataFolder)
    {
        string? database;
        lock (Gate)
            Databases.Remove(dataFolder, out database);
        if (database is not null)
            await (await PostgresServer.SharedAsync()).DropDatabaseAsync(database);
    }

    private static string? PostgresOf(string dataFolder)
    {
        if (!AreCluster)
            return null;
        lock (Gate)
        {
            if (!Databases.TryGetValue(dataFolder, out var database))
                Databases[dataFolder] = database = Wait(CreatePostgresAsync);
            return database;
        }
    }

    /// <summary>A PostgreSQL database with everything a hub needs in it, and nothing more.</summary>
    public static async Task<string> CreatePostgresAsync()
    {
        var server = await PostgresServer.SharedAsync();
        await Migrating.WaitAsync();
        try
        {
            _template ??= await CreateTemplateAsync(server);
        }
        finally
        {
            Migrating.Release();
        }

        return await server.CreateDatabaseAsync(_template) + ";Maximum Pool Size=20";
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "A hub under test is started by its constructor, which cannot await.")]
    private static T Wait<T>(Func<Task<T>> start) => Task.Run(start).GetAwaiter().GetResult();

    private static async Task<string> CreateTemplateAsync(PostgresServer server)
    {
        var template = await server.CreateDatabaseAsync();
        await using var migrated = Open(new StorageOptions { Postgres = template });
        return template;
    }
}
