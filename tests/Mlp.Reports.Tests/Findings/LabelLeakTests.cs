using Mlp.Reports.Findings;

namespace Mlp.Reports.Tests.Findings;

public class LabelLeakTests
{
    [Fact]
    public void ACopyOfTheLabel_IsFound_AndAGoodFeatureIsNot()
    {
        ReportRows rows = Rows(row => row % 3);
        Assert.Contains(
            "tells the class in 100.0 %", LabelLeak.OfClasses(Values(row => row % 3 * 5 + Math.Sin(row)), rows));
        // Not monotonous: class 1 is on both sides of the others.
        Assert.NotNull(LabelLeak.OfClasses(Values(row => row % 3 == 1 ? (row % 2 == 0 ? -10 : 10) : row % 3), rows));
        // One class is told, the others are not.
        Assert.Null(LabelLeak.OfClasses(Values(row => row % 3 == 0 ? 5 : Math.Sin(row)), rows));
        Assert.Null(LabelLeak.OfClasses(Values(row => Math.Sin(row * row)), rows));
    }

    [Fact]
    public void ARareClass_IsNoLeakOfEveryColumn()
    {
        ReportRows rows = Rows(row => row % 100 == 0 ? 1 : 0);
        Assert.Null(LabelLeak.OfClasses(Values(row => Math.Sin(row * row)), rows));
        Assert.NotNull(LabelLeak.OfClasses(Values(row => row % 100 == 0 ? 3 : Math.Sin(row)), rows));
    }

    [Fact]
    public void OneClassAlone_IsToldByNothing() => Assert.Null(LabelLeak.OfClasses(Values(row => row), Rows(_ => 1)));

    [Fact]
    public void Numbers_LeakByCorrelation()
    {
        ReportRows rows = Rows(row => row * 2.5);
        Assert.Contains("correlation is -1.0000", LabelLeak.OfNumbers(Values(row => 7 - row), rows));
        Assert.Null(LabelLeak.OfNumbers(Values(row => row + 60 * Math.Sin(row)), rows));
    }

    [Fact]
    public void MissingValues_CanTellTheClass_AndNoNumber()
    {
        Assert.NotNull(LabelLeak.OfClasses(Values(row => row % 2 == 0 ? double.NaN : Math.Sin(row)), Rows(row => row % 2)));
        Assert.Null(LabelLeak.OfClasses(Values(row => row % 3 == 0 ? double.NaN : Math.Sin(row * row)), Rows(row => row % 2)));
        ReportRows rows = Rows(row => row % 3 == 0 ? 5 : row * 2.5);
        Assert.Contains("correlation is -1.0000", LabelLeak.OfNumbers(Values(row => row % 3 == 0 ? double.NaN : 7 - row), rows));
        Assert.Null(LabelLeak.OfNumbers(Values(row => row < 10 ? row : double.NaN), rows));
    }

    [Fact]
    public void ACategory_TellsTheClass_WhateverTheNumberOfItsValues()
    {
        ReportRows rows = Rows(row => row % 3);
        // Thirty values, ten a class, in no order.
        Assert.Contains("tells the class in 100.0 %", LabelLeak.OfClassesByCategory(Codes(row => row * 7 % 30), rows));
        // Two of 600 rows have another class.
        Assert.Contains("in 99.7 %", LabelLeak.OfClassesByCategory(Codes(row => row is 4 or 9 ? row + 1 : row % 3), rows));
        Assert.Null(LabelLeak.OfClassesByCategory(Codes(row => row % 4), rows));
        // A value a row tells nothing of other rows.
        Assert.Null(LabelLeak.OfClassesByCategory(Codes(row => row), rows));
        Assert.Null(LabelLeak.OfClassesByCategory(Codes(row => row % 5), Rows(row => row % 100 == 0 ? 1 : 0)));
    }

    [Fact]
    public void ACategory_TellsTheNumber_ByItsVariance()
    {
        ReportRows rows = Rows(row => row % 7 * (row % 7));
        Assert.Contains("explain 100.00 % of the variance", LabelLeak.OfNumbersByCategory(Codes(row => row % 7), rows));
        Assert.Null(LabelLeak.OfNumbersByCategory(Codes(row => row % 6), rows));
        Assert.Null(LabelLeak.OfNumbersByCategory(Codes(row => row), rows));
        Assert.Null(LabelLeak.OfNumbersByCategory(Codes(row => row % 7), Rows(_ => 5)));
    }

    [Fact]
    public void FewRows_SayNothing() =>
        Assert.Null(
            LabelLeak.OfClasses([0, 1], ReportRows.Of(new RowBlocks<double>([0, 1], 1), new RowBlocks<double>([0, 1], 1))));

    private static ReportRows Rows(Func<int, double> target) => ReportRows.Of(
        new RowBlocks<double>(new double[600], 1), new RowBlocks<double>(Values(target), 1));

    private static double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, 600).Select(value)];

    private static int[] Codes(Func<int, int> value) => [.. Enumerable.Range(0, 600).Select(value)];
}
