using Mlp.Reports.Metrics;

namespace Mlp.Reports.Tests.Metrics;

public class CalibrationTests
{
    [Fact]
    public void ExpectedError_MatchesAnExampleByHand()
    {
        // Bin 0.2: two rows at 0.25, one happened: off by 0.25. Bin 0.9: two rows at 0.9 and 1, both happened: off by 0.05.
        var calibration = new Calibration([0.25, 0.25, 0.9, 1], [true, false, true, true]);

        Assert.Equal(0.5 * 0.25 + 0.5 * 0.05, calibration.ExpectedError([1, 1, 1, 1]), 1e-12);
        // Without the row that did not happen, the first bin is off by 0.75.
        Assert.Equal(1 / 3.0 * 0.75 + 2 / 3.0 * 0.05, calibration.ExpectedError([1, 0, 1, 1]), 1e-12);
        Assert.Equal([(0.2, 2.0), (0.9, 2.0)], calibration.Bins().Select(bin => (bin.Low, bin.Count)));
    }
}
