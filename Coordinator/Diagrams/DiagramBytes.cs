namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>A diagram, or a part or a change of it, as it is sent.</summary>
/// <param name="Version">Name of the version.</param>
/// <param name="Content">A byte a cell; of a change 5 bytes a cell.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsClass">True if a byte is a class.</param>
/// <param name="Min">What byte 1 means; NaN: nothing.</param>
/// <param name="Max">What byte 255 means.</param>
/// <param name="IsDelta">True if it is a change.</param>
internal sealed record DiagramBytes(
    string Version, byte[] Content, int Width, int Height, bool IsClass, double Min, double Max, bool IsDelta);
