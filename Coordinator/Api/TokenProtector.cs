using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Seals what browsers keep for this server, under a key that follows from the operator's token: good after a restart, and for every
/// server with the same token. AES-256-GCM; the key by HKDF (RFC 5869), one for each purpose.
/// </summary>
internal sealed class TokenProtector : IDataProtector
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private readonly byte[] _key;

    /// <summary>Seals under a token.</summary>
    /// <param name="token">The operator's.</param>
    /// <param name="context">What else must be the same where it is opened.</param>
    public TokenProtector(string token, string context)
        : this(Encoding.UTF8.GetBytes(token), $"calciumsweep sealing 1\n{context}")
    {
    }

    private TokenProtector(byte[] secret, string purpose) =>
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <inheritdoc/>
    public IDataProtector CreateProtector(string purpose) => new TokenProtector(_key, purpose);

    /// <inheritdoc/>
    public byte[] Protect(byte[] plaintext)
    {
        // Nonce, tag, text. Random nonces do for 2³² texts of one token.
        var result = new byte[NonceBytes + TagBytes + plaintext.Length];
        Span<byte> nonce = result.AsSpan(0, NonceBytes), tag = result.AsSpan(NonceBytes, TagBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(nonce, plaintext, result.AsSpan(NonceBytes + TagBytes), tag);
        return result;
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">It was not sealed under this key, or was altered.</exception>
    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("too short to be sealed");
        }

        var result = new byte[protectedData.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(
            protectedData.AsSpan(0, NonceBytes), protectedData.AsSpan(NonceBytes + TagBytes), protectedData.AsSpan(NonceBytes, TagBytes), result);
        return result;
    }
}
