using System.Xml.Linq;
using Microsoft.Extensions.Options;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Accounts.Keys;

/// <summary>The secret keys are sealed with from now on, and the one before it.</summary>
internal sealed class KeySeals
{
    // Of the framework's key files.
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    private readonly KeySeal? _earlier;

    public KeySeals(IOptions<StorageOptions> options) => (Current, _earlier) = (SealOf(options.Value.KeySecret), SealOf(options.Value.EarlierKeySecret));

    /// <summary>Null when no secret is configured: keys are stored as they are.</summary>
    public KeySeal? Current { get; }

    /// <summary>Opens what one of the secrets sealed; refuses to start with neither.</summary>
    public XElement Open(XElement element)
    {
        var secret = KeySeal.SecretOf(element);
        var seal = new[] { Current, _earlier }.FirstOrDefault(seal => seal is not null && seal.SecretId == secret);
        return seal?.Open(element) ?? throw new OptionsValidationException(
            nameof(StorageOptions.KeySecret), typeof(StorageOptions),
            ["The keys of this hub are sealed with another KeySecret. Give it as KeySecret, or as EarlierKeySecret when you are changing it."]);
    }

    /// <summary>A stored key, sealed with the current secret; null when it is already, or no secret is configured and it is open.</summary>
    public XElement? Reseal(XElement stored)
    {
        var changed = new XElement(stored);
        var isChanged = false;
        foreach (var secret in changed.Descendants(Framework + "encryptedSecret").Concat(changed.Descendants("encryptedSecret")).ToList())
        {
            var content = secret.Elements().Single();
            if (KeySeal.SecretOf(content) is not { } id || id == Current?.SecretId)
                continue;
            var plain = Open(content);
            content.ReplaceWith(Current!.Seal(plain));
            isChanged = true;
        }

        foreach (var plain in changed.Descendants().Where(element => (bool?)element.Attribute(Framework + "requiresEncryption") == true).ToList())
        {
            if (Current is null)
                continue;
            plain.ReplaceWith(new XElement(
                Framework + "encryptedSecret", new XAttribute("decryptorType", typeof(KeyDecryptor).AssemblyQualifiedName!), Current.Seal(plain)));
            isChanged = true;
        }

        return isChanged ? changed : null;
    }

    private static KeySeal? SealOf(string? secret) => string.IsNullOrEmpty(secret) ? null : new KeySeal(secret);
}

/// <summary>
/// Before the hub reads its keys: all of them are sealed with the current secret, so that one configured later, or changed, protects those that exist. Keys and
/// database are for the hub's user alone.
/// </summary>
internal sealed partial class KeySealing(KeySeals seals, Database database, IOptions<StorageOptions> options, ILogger<KeySealing> logger) : IHostedService
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ILogger _logger = logger;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var count = options.Value.IsShared ? new SharedKeyStore(database).Rewrite(seals.Reseal) : RewriteFiles(Directory.CreateDirectory(options.Value.KeyFolder));
        if (count > 0)
            LogSealed(_logger, count);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int RewriteFiles(DirectoryInfo folder)
    {
        var count = 0;
        foreach (var file in folder.GetFiles("*.xml"))
        {
            if (!OperatingSystem.IsWindows())
                file.UnixFileMode = Owner;
            if (seals.Reseal(XElement.Load(file.FullName)) is not { } key)
                continue;
            // Another file first: a key that is half written would sign all users out.
            var next = $"{file.FullName}.sealing";
            key.Save(next);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(next, Owner);
            File.Move(next, file.FullName, overwrite: true);
            count++;
        }

        return count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealed {Count} keys with the configured secret.")]
    private static partial void LogSealed(ILogger logger, int count);
}
