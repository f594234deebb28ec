using CalciumSweep.Unit;

namespace CalciumSweep.ImageTests;

/// <summary>The image, built on a base of Debian's packages into an archive, removed, and loaded from the archive.</summary>
public sealed class BuiltImage : IDisposable
{
    /// <summary>What a cluster that trusts nobody gives a container.</summary>
    private static readonly string[] _restricted =
    [
        "--pull=never", "--read-only", "--read-only-tmpfs=false", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--user", "10001:10001",
    ];

    public BuiltImage()
    {
        Folder = Directory.CreateTempSubdirectory("calciumsweep-image-").FullName;
        Name = $"localhost/calciumsweep-test:{Guid.NewGuid():N}";
        Archive = Path.Combine(Folder, "image.tar");
        Podman.Run(Repository.PathOf("image", "build"), "--base", "local", "--tag", Name, "--archive", Archive);
        Podman.Run("buildah", "rmi", Name);
        Podman.Run("podman", "load", "-q", "-i", Archive);
    }

    /// <summary>A folder for the tests.</summary>
    public string Folder { get; }

    public string Archive { get; }

    public string Name { get; }

    /// <summary>Arguments of <c>podman run</c> for the image with a command.</summary>
    /// <param name="options">Further options.</param>
    /// <param name="command">The program's arguments.</param>
    internal string[] Restricted(IEnumerable<string> options, params IEnumerable<string> command) => ["run", .. _restricted, .. options, Name, .. command];

    public void Dispose()
    {
        Podman.Try("podman", "rmi", "-f", Name);
        Directory.Delete(Folder, recursive: true);
    }
}
