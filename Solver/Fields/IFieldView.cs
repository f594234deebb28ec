namespace CalciumSweep.Solver.Fields;

/// <summary>What a rule sees of the fields: the newest state of a lane and the ones before it.</summary>
internal interface IFieldView
{
    /// <summary>Cells.</summary>
    int Cells { get; }

    /// <summary>Concentration of a pool, µM.</summary>
    /// <param name="pool">Number of the pool.</param>
    /// <param name="cell">Cell.</param>
    /// <param name="lane">Lane.</param>
    /// <param name="point">0 the newest state, 1 the one before it, …</param>
    double Concentration(int pool, int cell, FieldLane lane, int point = 0);

    /// <summary>Calcium bound to a kinetic buffer, µM.</summary>
    /// <param name="buffer">Mobile buffers first, then stationary ones.</param>
    /// <param name="cell">Cell.</param>
    /// <param name="lane">Lane.</param>
    double Bound(int buffer, int cell, FieldLane lane);

    /// <summary>Value of a gate.</summary>
    double Gate(int gate, int cell, FieldLane lane);
}
