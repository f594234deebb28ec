using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CalciumSweep.Coordinator.Observation;

/// <summary>
/// A node's measurements, and their way out and that of its traces to a collector: by OTLP, as the standard environment
/// variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the others). Without an endpoint nothing is traced.
/// </summary>
internal sealed class NodeTelemetry : IDisposable
{
    private readonly NodeMeter _meter;
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    /// <summary>Begins.</summary>
    public NodeTelemetry(NodeHost node)
    {
        _meter = new(node);
        if (IsWanted("METRICS"))
        {
            _metrics = Metered(Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe)).AddOtlpExporter().Build();
        }

        if (IsWanted("TRACES"))
        {
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe)
                .AddSource(Signals.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build();
        }
    }

    /// <summary>Whose measurements are exported: this program's, and those of the runtime and its web server.</summary>
    public static MeterProviderBuilder Metered(MeterProviderBuilder metrics) =>
        metrics.AddMeter(Signals.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting");

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _meter.Dispose();
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddService("calciumsweep", serviceVersion: FrontDoor.Version).AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static bool IsWanted(string signal) => !IsSet("OTEL_SDK_DISABLED", "true") && !IsSet($"OTEL_{signal}_EXPORTER", "none")
        && new[] { "OTEL_EXPORTER_OTLP_ENDPOINT", $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT" }
            .Any(variable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)));

    private static bool IsSet(string variable, string value) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), value, StringComparison.OrdinalIgnoreCase);
}
