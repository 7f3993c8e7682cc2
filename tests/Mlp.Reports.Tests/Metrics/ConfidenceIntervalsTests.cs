using Mlp.Reports.Metrics;

namespace Mlp.Reports.Tests.Metrics;

public class ConfidenceIntervalsTests
{
    [Fact]
    public void Wilson_MatchesPublishedValues()
    {
        // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        AssertInterval(0.2553, 0.3662, ConfidenceIntervals.Wilson(81, 263));
        AssertInterval(0.0624, 0.1605, ConfidenceIntervals.Wilson(15, 148));
        AssertInterval(0.0000, 0.1611, ConfidenceIntervals.Wilson(0, 20));
        AssertInterval(0.0061, 0.1718, ConfidenceIntervals.Wilson(1, 29));
        Assert.Equal(1, ConfidenceIntervals.Wilson(20, 20).High);
        Assert.True(double.IsNaN(ConfidenceIntervals.Wilson(0, 0).Low));

        static void AssertInterval(double low, double high, (double Low, double High) found)
        {
            Assert.Equal(low, found.Low, 5e-5);
            Assert.Equal(high, found.High, 5e-5);
        }
    }

    [Fact]
    public void Bootstrap_OfAMean_IsNearTheNormalInterval_AndRepeatable()
    {
        // 0, 1, …, 399: the mean is 199.5 with a standard error of 115.47 / 20 = 5.77.
        Func<int[], double> mean = counts => counts.Select((count, row) => count * (double)row).Sum() / counts.Sum();
        (double low, double high) = ConfidenceIntervals.Bootstrap(400, [mean], [false], seed: 1).Single();

        Assert.Equal(199.5 - 1.96 * 5.77, low, 1.5);
        Assert.Equal(199.5 + 1.96 * 5.77, high, 1.5);
        Assert.Equal((low, high), ConfidenceIntervals.Bootstrap(400, [mean], [false], seed: 1).Single());
        Assert.NotEqual((low, high), ConfidenceIntervals.Bootstrap(400, [mean], [false], seed: 2).Single());
    }

    [Fact]
    public void Bootstrap_OfWhatIsNotDefined_IsNaN() =>
        Assert.True(double.IsNaN(ConfidenceIntervals.Bootstrap(10, [_ => double.NaN], [false], seed: 1).Single().Low));

    [Fact]
    public void Bootstrap_OfAFigureThatSamplesMakeLarger_ContainsItsOwnValue()
    {
        // A model that is calibrated: of the rows with probability p every p-th is positive. Samples are never as even.
        double[] probabilities = [.. Enumerable.Range(0, 200).Select(row => row % 10 / 10.0 + 0.05)];
        bool[] happened = [.. Enumerable.Range(0, 200).Select(row => row / 10 < 20 * (row % 10 / 10.0 + 0.05))];
        var calibration = new Calibration(probabilities, happened);
        double value = calibration.ExpectedError([.. Enumerable.Repeat(1, 200)]);

        (double Low, double High)[] intervals = ConfidenceIntervals.Bootstrap(
            200, [calibration.ExpectedError, calibration.ExpectedError], [false, true], seed: 1);

        Assert.True(intervals[0].Low > value, $"{intervals[0].Low} {value}");
        Assert.InRange(value, intervals[1].Low, intervals[1].High);
        Assert.InRange(intervals[1].Low, 0, value);
        Assert.Equal(intervals[0].High - intervals[0].Low, intervals[1].High - intervals[1].Low, 0.04);
    }
}
