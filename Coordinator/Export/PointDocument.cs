using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A campaign's points as one JSON document (contract §3). Streams; unknown numbers are null.</summary>
public static class PointDocument
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter output, CampaignRecord record, Plan plan, IEnumerable<PointSummary> points)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, _options);
        json.WriteStartObject();
        json.WriteString("campaign", record.Id.Value);
        json.WriteString("spec", record.SpecText);
        json.WriteString("identity", record.Identity);
        json.WriteStartArray("points");
        var known = new Dictionary<long, double>();
        foreach (PointSummary point in points)
        {
            WritePoint(json, plan, point);
            known[point.Index] = point.PWave ?? double.NaN;
            Drain(json, buffer, output);
        }

        json.WriteEndArray();
        WriteBoundary(json, plan, known);
        json.WriteEndObject();
        Drain(json, buffer, output);
        output.Write("\n");
    }

    private static void Drain(Utf8JsonWriter json, MemoryStream buffer, TextWriter output)
    {
        json.Flush();
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        buffer.SetLength(0);
    }

    private static void WritePoint(Utf8JsonWriter json, Plan plan, PointSummary point)
    {
        bool judged = plan.Model.Outcomes.Contains(Outcome.Wave);
        (double low, double high) = point.PWaveInterval;
        int[] at = plan.Coordinates(point.Index);
        json.WriteStartObject();
        json.WriteNumber("index", point.Index);
        json.WriteStartObject("parameters");
        for (int i = 0; i < at.Length; i++)
        {
            json.WriteNumber(plan.Spec.Axes[i].Parameter, plan.Spec.Axes[i].Values[at[i]]);
        }

        json.WriteEndObject();
        json.WriteNumber("n", point.N);
        json.WriteStartObject("outcomes");
        foreach (Outcome outcome in plan.Model.Outcomes)
        {
            json.WriteNumber(outcome.ToString().ToLowerInvariant(), point.Tally[outcome]);
        }

        json.WriteEndObject();
        Number(json, "pWave", judged ? point.PWave : null);
        Number(json, "pWaveLow", judged ? low : null);
        Number(json, "pWaveHigh", judged ? high : null);
        WriteObservables(json, plan, point);
        json.WriteEndObject();
    }

    private static void WriteObservables(Utf8JsonWriter json, Plan plan, PointSummary point)
    {
        json.WriteStartObject("observables");
        for (int k = 0; k < point.Observables.Count; k++)
        {
            ObservableInfo info = plan.Model.Observables[plan.ObserveIndex[k]];
            json.WriteStartObject(info.Name);
            Number(json, "mean", point.Observables[k].Mean);
            Number(json, "sd", point.Observables[k].Sd);
            json.WriteNumber("n", point.Observables[k].N);
            json.WriteString("unit", info.Unit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBoundary(Utf8JsonWriter json, Plan plan, Dictionary<long, double> pWave)
    {
        json.WriteStartArray("boundary");
        if (plan.Spec.Axes.Count > 0 && plan.Model.Outcomes.Contains(Outcome.Wave))
        {
            foreach (double[] place in Boundary.Of(plan, pWave))
            {
                json.WriteStartObject();
                for (int i = 0; i < place.Length; i++)
                {
                    Number(json, plan.Spec.Axes[i].Parameter, place[i]);
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
