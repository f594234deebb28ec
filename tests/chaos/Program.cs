using CalciumSweep.Chaos;

// tests/chaos/run [--seeds N] [--from S] [--parallel P] [--keep] [--quiet]: seeds S … S + N − 1; exit 1 if one fails.
// tests/chaos/run measure [NAME…]: the figures of docs/reliability.md.
return args.FirstOrDefault() switch
{
    null or ['-', ..] => Campaign.Run(args),
    "measure" => Measurement.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: tests/chaos/run [--seeds N] [--from S] [--parallel P] [--keep] [--quiet]\n       tests/chaos/run measure [NAME…]");
    return 2;
}
