using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>How a simulation on a cable starts, ends, and what it is called.</summary>
internal abstract class CableRule
{
    /// <summary>Classes that apply.</summary>
    public abstract IReadOnlyList<Outcome> Outcomes { get; }

    /// <summary>What is measured.</summary>
    public abstract IReadOnlyList<ObservableInfo> Observables { get; }

    /// <summary>Longest step, s: how finely the rule needs to see the trajectory.</summary>
    public abstract double LongestStep { get; }

    /// <summary>True if <see cref="CableLane.Peak"/> is the peak over all sites but the first; else the rule follows its own.</summary>
    public abstract bool WantsPeakOfSites { get; }

    /// <summary>True if the cable is one column whose surroundings stay at rest; false if it stands for a plane of sites.</summary>
    public virtual bool IsAlone => false;

    /// <summary>The rule a scenario names.</summary>
    /// <exception cref="CompositionException">There is no such rule.</exception>
    public static CableRule Of(ScenarioDefinition scenario, SiteKind kind)
    {
        string use = scenario.Parts.FirstOrDefault(p => p.Role == "outcome")?.Use ?? "site-wave";
        return use switch
        {
            "site-wave" => new SiteWaveRule(),
            "spark" => new SparkRule(kind),
            "puff" => new SparkRule(kind) { Quiet = SparkRule.QuietOfPuffs },
            "puff-train" => new PuffTrainRule(),
            _ => throw new CompositionException($"{scenario.Name}: unknown outcome rule '{use}'; there are site-wave, spark, puff, puff-train"),
        };
    }

    /// <summary>What is wrong with these values together, or null.</summary>
    public virtual string? Check(CableParameters p, ReadOnlySpan<double> parameters) => null;

    /// <summary>Channels of a site, how many of them are open at the start, and until when they are held so (site 0 only), s.</summary>
    public abstract (double Channels, double Open) Start(CableParameters p, double[] parameters, int site);

    /// <summary>Until when the channels of site 0 are held open, s.</summary>
    public abstract double HeldUntil(CableParameters p, double[] parameters);

    /// <summary>After an accepted step: looks at what the rule follows from step to step.</summary>
    public abstract void Observe(ICableView view, CableLane lane);

    /// <summary>The verdict if it is certain now, else <see cref="Outcome.None"/>.</summary>
    /// <param name="view">The state.</param>
    /// <param name="p">Parameter indices.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="onTheMillisecond">True at whole milliseconds of cell time.</param>
    public abstract Outcome Judge(ICableView view, CableParameters p, CableLane lane, bool onTheMillisecond);

    /// <summary>The observables, in order.</summary>
    public abstract double[] Measure(ICableView view, CableParameters p, CableLane lane);
}
