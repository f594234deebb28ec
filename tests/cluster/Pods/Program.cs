using CalciumSweep.Chaos;
using CalciumSweep.Pods;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: tests/cluster/pods [--keep]");
    return 2;
}

string spec = Path.GetFullPath(args[1]), program = Path.GetFullPath(args[2]);
string folder = Directory.CreateTempSubdirectory("calciumsweep-pods-").FullName;
File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
using var network = new PodNetwork();

// Podman takes a file that is named like an image for the folder to build it from.
string manifests = File.ReadAllText(args[0]);
Environment.CurrentDirectory = folder;
using var release = new Release(folder, manifests);
try
{
    release.Install();
    release.RunTest();
    return release.RunCampaign(spec, program) ? 0 : 1;
}
catch (Exception e) when (e is InvalidOperationException or TimeoutException or HttpRequestException)
{
    Console.Error.WriteLine(e.Message);
    release.SaveLogs();
    Console.Error.WriteLine($"logs in {folder}");
    return 1;
}
finally
{
    if (!args.Contains("--keep"))
    {
        release.Dispose();
        Shell.Try(null, "find", folder, "-mindepth", "1", "-not", "-name", "*.log", "-delete");
    }
}
