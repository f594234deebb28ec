using CalciumSweep.Coordinator.Export;
using Xunit;

namespace CalciumSweep.EndToEnd.Export;

public sealed class TrajectoryTests
{
    /// <summary>A rest in one long step, then many short ones: however many rows go, the end of the rest stays.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    public void The_end_of_a_long_step_is_kept(int steps)
    {
        var trajectory = new Trajectory();
        trajectory.Begin([new("x", "1")]);
        trajectory.Record(0, [0]);
        trajectory.Record(5, [0]);
        for (int i = 1; i <= steps; i++)
        {
            trajectory.Record(5 + (1e-3 * i), [1]);
        }

        Assert.InRange(trajectory.Rows.Count, Math.Min(steps, 2000), 4095);
        Assert.Equal((0.0, 5.0), (trajectory.Rows[0].Time, trajectory.Rows[1].Time));
        for (int i = 2; i < trajectory.Rows.Count; i++)
        {
            Assert.InRange(trajectory.Rows[i].Time - trajectory.Rows[i - 1].Time, 0, 2 * Math.Max(1e-3, trajectory.Interval));
        }
    }
}
