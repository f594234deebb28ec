namespace CalciumSweep.Unit.Store;

internal static class ChildProcess
{
    public static int Main(string[] args) => args.Length;
}
