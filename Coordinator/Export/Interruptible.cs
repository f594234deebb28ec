namespace CalciumSweep.Coordinator.Export;

/// <summary>Long tables that can be given up.</summary>
internal static class Interruptible
{
    /// <summary>The same items until they are not wanted any more.</summary>
    /// <exception cref="OperationCanceledException">They are not.</exception>
    public static IEnumerable<T> Until<T>(this IEnumerable<T> items, CancellationToken cancel)
    {
        foreach (T item in items)
        {
            cancel.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
