namespace CalciumSweep.Solver.Grid;

/// <summary>Where a piece of a row and its neighbours stand in every plane: worked out once, used for all states.</summary>
internal struct RowFrame
{
    /// <summary>First cell, in doubles from the start of a plane: of the set that rates are taken at, and of its neighbours.</summary>
    public long Last, Up, Down, Front, Back;

    /// <summary>The same in the sets that are combined.</summary>
    public long Out, Start, Before, Rate;

    /// <summary>The same in the planes of a mask.</summary>
    public long Mask, MaskUp, MaskDown, MaskFront, MaskBack;

    /// <summary>1 towards a neighbour, 2 towards a clamped face: half a cell away.</summary>
    public double TimesUp, TimesDown, TimesFront, TimesBack;

    /// <summary>First cell in the row.</summary>
    public int X;

    /// <summary>The neighbour is a held row; the weight is 1 whatever the mask.</summary>
    public bool HeldUp, HeldDown, HeldFront, HeldBack, OneUp, OneDown, OneFront, OneBack;
}
