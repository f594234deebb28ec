using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CalciumSweep.Coordinator.Membership;

namespace CalciumSweep.Actors.Membership;

/// <summary>An authority of a cluster's own, and certificates that it signs.</summary>
internal sealed class TestAuthority(string folder, string name)
{
    private readonly X509Certificate2 _own = NewAuthority(name);

    /// <summary>A node's certificate from this authority; others are trusted if they come from <paramref name="trusted"/>.</summary>
    public ClusterTls Node(string node, TestAuthority? trusted = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 signed = request.Create(
            _own, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        string certificate = Write($"{name}-{node}.crt", signed.ExportCertificatePem());
        return new(certificate, Write($"{name}-{node}.key", key.ExportPkcs8PrivateKeyPem()), (trusted ?? this).File());
    }

    private string File() => Write($"{name}.crt", _own.ExportCertificatePem());

    private string Write(string file, string text)
    {
        string path = Path.Combine(folder, file);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static X509Certificate2 NewAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddHours(2));
    }
}
