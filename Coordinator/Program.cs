return await CalciumSweep.Coordinator.Cli.FrontDoor.RunAsync(args).ConfigureAwait(false);
