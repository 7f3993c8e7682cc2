using Mlp.Optimizers;

namespace Mlp.Tests.Optimizers;

public class WolfeLineSearchTests
{
    private static readonly Dictionary<string, Func<double, (double Value, double Slope)>> Functions = new()
    {
        ["parabola"] = x => ((x - 3) * (x - 3), 2 * (x - 3)),
        ["quartic"] = x => (Math.Pow(x - 2, 4), 4 * Math.Pow(x - 2, 3)),
        ["wavy"] = x => (-x + Math.Sin(4 * x) / 3 + x * x / 20, -1 + 4 * Math.Cos(4 * x) / 3 + x / 10),
        // Moré and Thuente 1994, (5.1): slow at first, β = 2.
        ["rational"] = x => (-x / (x * x + 2), (x * x - 2) / Math.Pow(x * x + 2, 2)),
        // Infinite beyond 1, as a loss that overflows.
        ["wall"] = x => x < 1 ? (-Math.Log(1 + x) - Math.Log(1 - x) / 10, -1 / (1 + x) + 0.1 / (1 - x)) : (
            double.PositiveInfinity, double.NaN),
        ["NaN beyond 1"] = x => x < 1 ? ((x - 0.5) * (x - 0.5), 2 * (x - 0.5)) : (double.NaN, double.NaN),
    };

    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (string name in Functions.Keys.Except(["wavy"]))
            {
                foreach (double firstLength in (double[])[1e-3, 0.1, 1, 10, 1000])
                    cases.Add(name, firstLength);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Search_EndsWhereTheStrongWolfeConditionsHold(string name, double firstLength)
    {
        LinePoint start = Point(name, 0);
        int evaluations = 0;
        LinePoint end = new WolfeLineSearch(Evaluate, maximumSteps: 40).Search(start, firstLength);

        Assert.True(end.Length > 0);
        Assert.True(end.Value <= start.Value + 1e-4 * end.Length * start.Slope, $"no sufficient decrease at {end}");
        Assert.True(Math.Abs(end.Slope) <= -0.9 * start.Slope, $"still steep at {end}");
        Assert.InRange(evaluations, 1, 40);

        LinePoint Evaluate(double length)
        {
            evaluations++;
            return Point(name, length);
        }
    }

    [Fact]
    public void Search_TakesTheFirstLength_WhenItWillDo()
    {
        int evaluations = 0;
        LinePoint end = new WolfeLineSearch(length => Count(ref evaluations, Point("parabola", length)), maximumSteps: 20).Search(
            Point("parabola", 0), firstLength: 3);
        Assert.Equal(3, end.Length);
        Assert.Equal(1, evaluations);
    }

    [Theory]
    [InlineData("parabola", 1e-6)]
    [InlineData("wall", 1e9)]
    public void Search_StopsAfterTheAllowedEvaluations_WithTheLowestPoint(string name, double firstLength)
    {
        int evaluations = 0;
        double lowest = 0;
        LinePoint start = Point(name, 0);
        LinePoint end = new WolfeLineSearch(
            length =>
            {
                LinePoint point = Count(ref evaluations, Point(name, length));
                lowest = Math.Min(lowest, point.Value - start.Value);
                return point;
            },
            maximumSteps: 4).Search(start, firstLength);
        Assert.Equal(4, evaluations);
        Assert.Equal(lowest, end.Value - start.Value);
    }

    [Fact]
    public void Search_WhereNothingIsLower_StaysAtTheStart()
    {
        // A slope that promises a descent that is not there, as rounding can.
        var start = new LinePoint(0, 1, -1e-9);
        LinePoint end = new WolfeLineSearch(length => new LinePoint(length, 1 + length, 1), maximumSteps: 20).Search(start, firstLength: 1);
        Assert.Equal(start, end);
    }

    [Fact]
    public void Search_OnAWavyLine_FindsAPointOfSufficientDecrease()
    {
        LinePoint start = Point("wavy", 1.2);
        LinePoint end = new WolfeLineSearch(length => Point("wavy", 1.2 + length) with { Length = length }, maximumSteps: 40)
            .Search(start with { Length = 0 }, firstLength: 30);
        Assert.True(end.Value <= start.Value + 1e-4 * end.Length * start.Slope);
    }

    private static LinePoint Point(string name, double length)
    {
        (double value, double slope) = Functions[name](length);
        return new LinePoint(length, value, slope);
    }

    private static LinePoint Count(ref int count, LinePoint point)
    {
        count++;
        return point;
    }
}
