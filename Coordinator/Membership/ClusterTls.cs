using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;
using CalciumSweep.Coordinator.Cli;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// Mutual TLS of the cluster port. Every node shows a certificate that one authority of the cluster's own has signed;
/// who shows none, or another's, gets nowhere, in both directions. The machine's public authorities do not count.
/// </summary>
/// <param name="CertificateFile">This node's certificate: PEM, or PKCS #12 with its key.</param>
/// <param name="KeyFile">Its key as PEM; null if it is in the same file.</param>
/// <param name="AuthorityFile">The authority's certificates, PEM.</param>
/// <param name="Password">Of a PKCS #12 file or an encrypted key; null if there is none.</param>
public sealed record ClusterTls(string CertificateFile, string? KeyFile, string AuthorityFile, string? Password = null)
{
    /// <summary>What the transport needs.</summary>
    /// <exception cref="CommandException">A file cannot be read, or holds something else.</exception>
    public DotNettySslSetup Setup()
    {
        X509Certificate2 own = Read(CertificateFile, ReadOwn);
        X509Certificate2Collection authorities = Read(AuthorityFile, file =>
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPemFile(file);
            return read.Count > 0 ? read : throw new CryptographicException("there is no certificate in it");
        });
        if (!own.HasPrivateKey)
        {
            throw new CommandException($"--tls-certificate {CertificateFile}: its private key is missing", "--tls-key names it");
        }

        return new DotNettySslSetup(
            own, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false,
            customValidator: (shown, _, peer, errors, log) => IsOurs(shown, authorities, peer, errors, log));
    }

    private static bool IsOurs(
        X509Certificate2? shown, X509Certificate2Collection authorities, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            log.Warning("{0} is refused: it shows no certificate", peer);
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);

        // A cluster has no service that could be asked; a certificate that is not to be used any more is replaced with its authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain.Build(shown))
        {
            return true;
        }

        log.Warning(
            "{0} is refused: its certificate {1} is not one of this cluster's ({2})", peer, shown.Subject,
            string.Join(", ", chain.ChainStatus.Select(status => status.Status)));
        return false;
    }

    private X509Certificate2 ReadOwn(string file)
    {
        if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, Password);
        }

        return Password is null ? X509Certificate2.CreateFromPemFile(file, KeyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(file, Password, KeyFile);
    }

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"the certificate file '{file}' cannot be used: {e.Message}");
        }
    }
}
