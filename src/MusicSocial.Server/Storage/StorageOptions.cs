using System.ComponentModel.DataAnnotations;

namespace MusicSocial.Server.Storage;

/// <summary>Where the hub keeps its data.</summary>
internal sealed class StorageOptions
{
    /// <summary>Folder of the database, keys and prepared files; created when missing. Relative paths start at the working directory.</summary>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>A PostgreSQL server shared by all nodes, as an Npgsql connection string; without it the hub keeps its own file in <see cref="Data"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>
    /// A secret of at least 32 characters that the keys which protect tokens are sealed with; without one they are stored as they are. Given by the environment: a
    /// command line can be read by other users of the machine.
    /// </summary>
    [RegularExpression(".{32,}", ErrorMessage = "KeySecret has at least 32 characters.")]
    public string? KeySecret { get; set; }

    /// <summary>The secret before, while it is changed: keys sealed with it are sealed anew at the start.</summary>
    public string? EarlierKeySecret { get; set; }

    /// <summary>How long a starting node waits for a <see cref="Postgres"/> that does not answer yet.</summary>
    public TimeSpan PostgresTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Writes that may wait for the next commit; one more is refused with <c>server.busy</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingWrites { get; set; } = 20_000;

    /// <summary>Whether many nodes share the database.</summary>
    public bool IsShared => !string.IsNullOrWhiteSpace(Postgres);

    /// <summary>The embedded database.</summary>
    public string File => Path.Combine(Folder, "musicsocial.db");

    /// <summary>Folder of the keys that protect tokens, on a hub with the embedded database.</summary>
    public string KeyFolder => Path.Combine(Folder, "keys");

    /// <summary>The absolute data folder.</summary>
    public string Folder => Path.GetFullPath(Data);
}
