namespace CalciumSweep.Shared.Api;

/// <summary>A column of a trajectory.</summary>
/// <param name="Name">What is recorded; columns of one name with positions make a kymograph.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Position">Place along the cable, µm; null: it has none.</param>
public sealed record TraceColumnAnswer(string Name, string Unit, double? Position);
