namespace CalciumSweep.Shared.Api;

/// <summary>Something that is measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">What it is.</param>
public sealed record NamedQuantity(string Name, string Unit, string Meaning);
