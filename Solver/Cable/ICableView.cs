namespace CalciumSweep.Solver.Cable;

/// <summary>What an outcome rule may look at: accepted states of one lane.</summary>
internal interface ICableView
{
    /// <summary>Sites of the cable.</summary>
    int Sites { get; }

    /// <summary>Cells between two sites.</summary>
    int CellsPerSite { get; }

    /// <summary>Free calcium of a site's cell, µM.</summary>
    double Calcium(int site, int lane);

    /// <summary>Free calcium of a cell, µM.</summary>
    double CellCalcium(int cell, int lane);

    /// <summary>Open channels of a site.</summary>
    double Open(int site, int lane);

    /// <summary>Calcium released by a site so far, µM µm³.</summary>
    double Released(int site, int lane);

    /// <summary>Copies the calcium bound to the dye in every cell, µM: to the indicator, without one to the first mobile buffer.</summary>
    void CopyDye(int lane, Span<double> cells);
}
