using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace MusicSocial.Server.Accounts.Keys;

/// <summary>Encrypts the keys that protect tokens, with a secret that is not stored beside them: AES-256-GCM, under a key derived from the secret.</summary>
internal sealed class KeySeal
{
    private const string SealedElement = "sealed";
    private const string SecretAttribute = "secret";
    private const int TagSize = 16;
    private const int NonceSize = 12;

    private readonly byte[] _key;

    /// <summary>The seal of a secret, which has more than 128 random bits: it is derived from, not stretched.</summary>
    public KeySeal(string secret)
    {
        _key = Derive(secret, "keys", 32);
        SecretId = Convert.ToHexStringLower(Derive(secret, "name", 8));
    }

    /// <summary>Tells secrets apart; says nothing about them.</summary>
    public string SecretId { get; }

    /// <summary>The element, encrypted: nonce, tag and text.</summary>
    public XElement Seal(XElement plain)
    {
        var text = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceSize + TagSize + text.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, text, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize));
        return new XElement(SealedElement, new XAttribute(SecretAttribute, SecretId), Convert.ToBase64String(sealedBytes));
    }

    /// <summary>The element that was sealed with this secret.</summary>
    public XElement Open(XElement sealedElement)
    {
        var sealedBytes = Convert.FromBase64String(sealedElement.Value).AsSpan();
        var cipher = sealedBytes[(NonceSize + TagSize)..];
        var text = new byte[cipher.Length];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], cipher, sealedBytes.Slice(NonceSize, TagSize), text);
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }

    /// <summary>The id of the secret an element was sealed with; null when it is none of ours.</summary>
    public static string? SecretOf(XElement element) => element.Name == SealedElement ? element.Attribute(SecretAttribute)?.Value : null;

    private static byte[] Derive(string secret, string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), length, info: Encoding.UTF8.GetBytes($"MusicSocial {purpose}"));
}

/// <summary>Seals keys the framework makes.</summary>
internal sealed class KeyEncryptor(KeySeal seal) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(seal.Seal(plaintextElement), typeof(KeyDecryptor));
}

/// <summary>Opens keys the framework reads, which names it in the stored key.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeySeals>().Open(encryptedElement);
}
