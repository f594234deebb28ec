using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Compartment;

/// <summary>A small dense matrix per lane: LU without pivots, in place.</summary>
/// <typeparam name="V">The lane type.</typeparam>
/// <param name="size">Rows and columns.</param>
internal sealed unsafe class DenseMatrix<V>(int size) : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly AlignedMemory _memory = new(((size * size) + 1) * sizeof(V));

    /// <summary>An entry.</summary>
    public ref V this[int row, int column] => ref ((V*)_memory.Start)[(row * size) + column];

    /// <summary>Replaces the matrix by its factors; the diagonal is kept inverted.</summary>
    public void Factorise()
    {
        V* a = (V*)_memory.Start;
        for (int k = 0; k < size; k++)
        {
            V* pivot = a + (k * size);
            pivot[k] = 1 / pivot[k];
            for (int i = k + 1; i < size; i++)
            {
                V* row = a + (i * size);
                V factor = row[k] * pivot[k];
                row[k] = factor;
                for (int j = k + 1; j < size; j++)
                {
                    row[j] = V.Fma(-factor, pivot[j], row[j]);
                }
            }
        }
    }

    /// <summary>Solves for a right-hand side, in place [size].</summary>
    public void Solve(V* b)
    {
        V* a = (V*)_memory.Start;
        for (int i = 1; i < size; i++)
        {
            V sum = b[i];
            for (int k = 0; k < i; k++)
            {
                sum = V.Fma(-a[(i * size) + k], b[k], sum);
            }

            b[i] = sum;
        }

        for (int i = size - 1; i >= 0; i--)
        {
            V sum = b[i];
            for (int k = i + 1; k < size; k++)
            {
                sum = V.Fma(-a[(i * size) + k], b[k], sum);
            }

            b[i] = sum * a[(i * size) + i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
