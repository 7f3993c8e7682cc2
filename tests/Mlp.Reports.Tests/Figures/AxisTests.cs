using Mlp.Reports.Figures;

namespace Mlp.Reports.Tests.Figures;

public class AxisTests
{
    [Fact]
    public void Ticks_AreRound_AndWithinTheAxis()
    {
        Assert.Equal(["0", "0.2", "0.4", "0.6", "0.8", "1"], new Axis("", 0, 1).Ticks(5).Select(tick => tick.Text));
        Assert.Equal(["−20", "0", "20", "40"], new Axis("", -21, 55).Ticks(5).Select(tick => tick.Text));
        Assert.Equal(["0.001", "0.01", "0.1", "1"], new Axis("", 0.0005, 2, IsLogarithmic: true).Ticks(5).Select(tick => tick.Text));
        foreach (double size in (double[])[1e-9, 1, 3.7, 1e12])
            Assert.All(new Axis("", -size, 2.3 * size).Ticks(5), tick => Assert.InRange(tick.Value, -size * 1.0001, 2.3001 * size));
    }

    [Fact]
    public void Place_RunsFromZeroToOne_EvenForTheLargestNumbers()
    {
        Assert.Equal(0.25, new Axis("", 0, 4).Place(1));
        Assert.Equal(0.5, new Axis("", 1, 100, IsLogarithmic: true).Place(10), 1e-12);
        Assert.Equal(0.5, new Axis("", -double.MaxValue, double.MaxValue).Place(0));
        Assert.Equal((0, 1, 0), (new Axis("", 0, 1).Place(-5), new Axis("", 0, 1).Place(7), new Axis("", 0, 1).Place(double.NaN)));
    }

    [Fact]
    public void Around_GivesASingleValueRoom()
    {
        var axis = Axis.Around("x", [5, 5]);
        Assert.True(axis.Minimum < 5 && axis.Maximum > 5);
        axis = Axis.Around("x", []);
        Assert.True(axis.Minimum < axis.Maximum);
    }
}
