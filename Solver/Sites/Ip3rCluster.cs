namespace CalciumSweep.Solver.Sites;

/// <summary>
/// A cluster of IP3 receptors during a step: every subunit of every channel, event by event. Its channels share a quasi-steady
/// cleft, c* = (c + w j)/(1 + w), w = n_o g/g_D, as those of <see cref="RyrSite"/>. Events come by thinning, exactly for the
/// linearised cell: all rates are linear in c*, which has a bound for the rest of the step.
/// </summary>
internal unsafe ref struct Ip3rCluster
{
    /// <summary>The subunits' rates.</summary>
    public Ip3rSubunit Kinetics;

    /// <summary>g of one open channel, µm³/s; its share of the cleft's conductance.</summary>
    public double Conductance, PerCleft;

    /// <summary>How many subunits are in each state [8]; state of each subunit, those of a channel together [3 × channels].</summary>
    public int* Counts;

    public byte* Subunits;

    /// <summary>Channels, and how many are open.</summary>
    public int Channels, Open;

    /// <summary>What is left of the Exp(1) variate until the next candidate event.</summary>
    public double Countdown;

    /// <summary>Lets the subunits go until the end of the step.</summary>
    /// <param name="place">What the cluster sees.</param>
    /// <param name="highestJ">What free junctional calcium will not exceed, µM.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="draws">Gives the next uniform and the next Exp(1) variate.</param>
    /// <returns>Mean release conductance over the step, µm³/s.</returns>
    public double Gate(SiteOutlook place, double highestJ, double dt, ref SiteDraws draws)
    {
        double t = 0, conducted = 0, fixedRate = 0, byCalcium = 0;
        for (int s = 0; s < Ip3rSubunit.States; s++)
        {
            fixedRate += Counts[s] * Kinetics.Fixed[s];
            byCalcium += Counts[s] * Kinetics.ByCalcium[s];
        }

        while (t < dt)
        {
            double w = Open * PerCleft, g = Open * Conductance / (1 + w), left = dt - t;
            double bound = fixedRate + (byCalcium * (place.Highest(t, dt, g) + (w * highestJ)) / (1 + w));
            bool fires = Countdown < bound * left;
            double h = fires ? Math.Min(Countdown / bound, left) : left;
            (place.C, place.J) = place.After(t, h, g);
            conducted += g * h;
            Countdown -= bound * h;
            if (!fires)
            {
                break;
            }

            t += h;
            double cleft = Math.Max(0, (place.C + (w * place.J)) / (1 + w));
            (double u, Countdown) = draws.Next();
            double at = u * bound;
            if (at < fixedRate + (byCalcium * cleft))
            {
                Move(cleft, at, ref fixedRate, ref byCalcium);
            }
        }

        Countdown = Math.Max(Countdown, 0);
        return conducted / dt;
    }

    private void Move(double cleft, double at, ref double fixedRate, ref double byCalcium)
    {
        int state = 0;
        double each = Rate(0, cleft);
        while (state < Ip3rSubunit.States - 1 && at >= Counts[state] * each)
        {
            at -= Counts[state] * each;
            each = Rate(++state, cleft);
        }

        if (Counts[state] == 0)
        {
            return; // rounding of the sums pointed behind the last subunit
        }

        int which = Math.Min((int)(at / each), Counts[state] - 1), subunit = -1;
        for (int seen = -1; seen < which;)
        {
            seen += Subunits[++subunit] == state ? 1 : 0;
        }

        int next = Kinetics.Next(state, cleft, at - (which * each));
        bool wasOpen = IsOpen(subunit);
        Subunits[subunit] = (byte)next;
        Open += (IsOpen(subunit) ? 1 : 0) - (wasOpen ? 1 : 0);
        Counts[state]--;
        Counts[next]++;
        fixedRate = byCalcium = 0; // summed anew, so that nothing drifts
        for (int s = 0; s < Ip3rSubunit.States; s++)
        {
            fixedRate += Counts[s] * Kinetics.Fixed[s];
            byCalcium += Counts[s] * Kinetics.ByCalcium[s];
        }
    }

    private readonly double Rate(int state, double c) => Kinetics.Fixed[state] + (Kinetics.ByCalcium[state] * c);

    private readonly bool IsOpen(int subunit)
    {
        byte* first = Subunits + (subunit / Ip3rSubunit.PerChannel * Ip3rSubunit.PerChannel);
        return first[0] == Ip3rSubunit.Active && first[1] == Ip3rSubunit.Active && first[2] == Ip3rSubunit.Active;
    }
}
