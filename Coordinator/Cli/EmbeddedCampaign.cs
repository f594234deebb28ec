using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Store;
using CalciumSweep.Worker;
using Spectre.Console;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A campaign simulated in this process: answered from the store if it is complete, else by a node of its own.</summary>
/// <param name="faces">Who is told.</param>
/// <param name="settings">The node.</param>
/// <param name="plan">What is asked for.</param>
public sealed class EmbeddedCampaign(Faces faces, NodeSettings settings, Plan plan)
{
    private const double CostlySeconds = 3600;
    private static readonly TimeSpan _pilotBudget = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it to its end or to the user's.</summary>
    /// <param name="yes">A costly plan starts without a question.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(bool yes)
    {
        (CampaignRecord? known, CampaignView? view) = Look();
        if (known is not null && view is { State: CampaignStatus.Completed })
        {
            faces.Note($"{known.Id} is complete in {settings.DataFolder}: answered from there");
            return Finish(view with { Simulated = 0, Cached = view.Done });
        }

        if (SupervisedRun.IsWanted(plan))
        {
            return SupervisedRun.Start();
        }

        using var stop = new StopSignals();
        NodeDoor.CheckFree(settings);
        GrainLayout layout = known?.Layout ?? Estimate(yes);
        try
        {
            view = await SimulateAsync(layout, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Interrupted();
        }

        return Finish(view);
    }

    private (CampaignRecord? Record, CampaignView? View) Look()
    {
        try
        {
            using var archive = Archive.Open(settings.DataFolder, settings.Store);
            CampaignRecord? record = archive.Find(plan);
            return (record, record is null ? null : archive.View(record));
        }
        catch (OutdatedStoreException)
        {
            // The node upgrades it as it starts, and finds the campaign then.
            return (null, null);
        }
    }

    // Before anything is written, so that a plan that is too costly leaves nothing behind.
    private GrainLayout Estimate(bool yes)
    {
        int width = settings.Width == 0 ? LaneWidth.Best : settings.Width;
        faces.Note($"CalciumSweep {FrontDoor.Version}   {settings.Workers} solver threads, {width} lanes, results in {settings.DataFolder}");
        faces.Note(PlanText.Sweep(plan));
        PilotEstimate pilot = SupervisedRun.IsRestarted
            ? GuardCommand.Pilot().Run(plan, width, _pilotBudget) : Pilot.Run(plan, width, _pilotBudget);
        var layout = GrainLayout.Choose(plan.Points, plan.Spec.Replicates, pilot.MeanSeconds);
        var cost = new PlanCost(plan, pilot, settings.Workers);
        faces.Note($"Estimate  {PlanText.Range(cost)} here ({pilot.Points} pilot points)      Ctrl-C stops cleanly, the same command goes on");
        if (cost.HighSeconds > CostlySeconds && !yes && !faces.IsJson && Faces.IsTerminal && !Console.IsInputRedirected
            && !AnsiConsole.Confirm("Start?"))
        {
            throw new CommandException("not started", "--yes starts without a question");
        }

        return layout;
    }

    private async Task<CampaignView> SimulateAsync(GrainLayout layout, CancellationToken stop)
    {
        NodeHost node = await NodeHost.StartAsync(settings, stop).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            NodeDoor door = await NodeDoor.OpenAsync(node, stop).ConfigureAwait(false);
            await using (door.ConfigureAwait(false))
            {
                door.Started();
                if (door.Url is not null)
                {
                    faces.Note($"{NodeDoor.Label(settings)}{door.Url}?token={door.Token}");
                }

                return await WatchAsync(node, layout, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<CampaignView> WatchAsync(NodeHost node, GrainLayout layout, CancellationToken stop)
    {
        CampaignView view = await node.SubmitAsync(plan, layout, stop).ConfigureAwait(false);
        if (view.State is CampaignStatus.Paused or CampaignStatus.Interrupted)
        {
            view = await node.ResumeAsync(view.Id, stop).ConfigureAwait(false);
        }

        using IProgressFace progress = faces.IsJson || !Faces.IsTerminal ? new PlainProgress() : new BarProgress();
        while (view.State is CampaignStatus.Running)
        {
            progress.Show(CampaignDocument.Of(view, plan));
            await Task.Delay(_pollInterval, stop).ConfigureAwait(false);
            view = await node.StatusAsync(view.Id, stop).ConfigureAwait(false);
        }

        progress.Show(CampaignDocument.Of(view, plan));
        return view;
    }

    private int Finish(CampaignView view)
    {
        using var archive = Archive.Open(settings.DataFolder, settings.Store);
        CampaignRecord record = archive.Get(view.Id.Value);
        var outputs = new CampaignOutputs(archive, record, plan);
        outputs.WriteMissing(always: view.Simulated > 0);
        faces.Show(CampaignDocument.Of(view, plan), () => outputs.Diagram() + CampaignDocument.Text(CampaignDocument.Of(view, plan)) + outputs.Places());
        return CampaignDocument.Exit(CampaignDocument.Of(view, plan));
    }

    private int Interrupted()
    {
        (_, CampaignView? view) = Look();
        string resume = view is null ? "nothing was stored yet; the same command starts again"
            : $"interrupted at {view.Done:N0} / {view.Simulations:N0} simulations; the same command, or calciumsweep resume {view.Id}, goes on";
        Console.Error.WriteLine(resume);
        if (view is not null && faces.IsJson)
        {
            faces.Show(CampaignDocument.Of(view, plan), () => "");
        }
        else if (faces.IsJson)
        {
            return faces.Fail([new("interrupted before it started", null, null, null, resume)], ExitCode.Interrupted);
        }

        return ExitCode.Interrupted;
    }
}
