namespace CalciumSweep.Dashboard;

/// <summary>What the dashboard must be told.</summary>
/// <param name="Api">Where the API answers; asked for at the first request, when the port is known.</param>
/// <param name="Version">Version of the program, shown.</param>
public sealed record DashboardSettings(Func<Uri> Api, string Version);
