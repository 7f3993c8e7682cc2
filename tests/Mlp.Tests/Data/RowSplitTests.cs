using Mlp.Data;

namespace Mlp.Tests.Data;

public class RowSplitTests
{
    [Theory]
    [InlineData(2, 0.1, 1)]
    [InlineData(2, 0.9, 1)]
    [InlineData(10, 0.1, 1)]
    [InlineData(10, 0.25, 3)]
    [InlineData(1000, 0.999, 999)]
    public void HoldOut_HoldsOutTheFraction(int rowCount, double fraction, int heldOut)
    {
        var split = RowSplit.HoldOut(rowCount, fraction, seed: 3);
        Assert.Equal(heldOut, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, rowCount), split.Training.Concat(split.Validation).Order());
        Assert.Equal(split.Training.Order(), split.Training);
        Assert.Equal(split.Validation.Order(), split.Validation);
    }

    [Fact]
    public void HoldOut_DependsOnTheSeedAlone()
    {
        Assert.Equal(RowSplit.HoldOut(100, 0.2, seed: 3).Validation, RowSplit.HoldOut(100, 0.2, seed: 3).Validation);
        Assert.NotEqual(RowSplit.HoldOut(100, 0.2, seed: 3).Validation, RowSplit.HoldOut(100, 0.2, seed: 4).Validation);
    }

    [Fact]
    public void HoldOutStratified_TakesTheSameShareOfEveryClass()
    {
        int[] classes = [.. Enumerable.Range(0, 200).Select(row => row % 20 == 0 ? 2 : row % 4 == 0 ? 1 : 0)];
        var split = RowSplit.HoldOutStratified(classes, 0.1, seed: 1);
        Assert.Equal([15, 4, 1], Enumerable.Range(0, 3).Select(index => split.Validation.Count(row => classes[row] == index)));
    }

    [Fact]
    public void HoldOutStratified_GivesWhatIsMissing_ToTheLargestRemainders()
    {
        // 30 % of 7, 3 and 2 rows: 2.1, 0.9 and 0.6, rounded down 2, 0, 0; of 3.6 rows 4 are wanted.
        int[] classes = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2];
        var split = RowSplit.HoldOutStratified(classes, 0.3, seed: 1);
        Assert.Equal([2, 1, 1], Enumerable.Range(0, 3).Select(index => split.Validation.Count(row => classes[row] == index)));
    }

    [Fact]
    public void HoldOutStratified_LeavesARowOfEveryClass_WhereItCan()
    {
        var split = RowSplit.HoldOutStratified([0, 0, 0, 0, 1], 0.6, seed: 1);
        Assert.Equal((3, 2), (split.Validation.Length, split.Training.Length));
        Assert.Contains(4, split.Training);
        // Two classes of one row each: one of them has to go.
        Assert.Single(RowSplit.HoldOutStratified([0, 1], 0.5, seed: 1).Validation);
    }

    [Fact]
    public void WrongArguments_AreNamed()
    {
        Assert.StartsWith("There are 1 rows; holding some out needs at least 2.", Assert.Throws<ArgumentOutOfRangeException>(
            () => RowSplit.HoldOut(1, 0.5, 1)).Message);
        foreach (double fraction in (double[])[0, 1, -1, double.NaN])
            Assert.StartsWith($"fraction is {fraction}; it must be in (0, 1)", Assert.Throws<ArgumentOutOfRangeException>(
                () => RowSplit.HoldOut(5, fraction, 1)).Message);
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(103, 5)]
    [InlineData(3, 5)]
    public void Folds_HoldEveryRowOutOnce(int rowCount, int partCount)
    {
        int[] classes = [.. Enumerable.Range(0, rowCount).Select(row => row % 10 == 0 ? 1 : 0)];
        IReadOnlyList<RowSplit> folds = RowSplit.Folds(classes, partCount, seed: 1);
        Assert.Equal(Math.Min(rowCount, partCount), folds.Count);
        Assert.Equal(Enumerable.Range(0, rowCount), folds.SelectMany(fold => fold.Validation).Order());
        foreach (RowSplit fold in folds)
        {
            Assert.Equal(Enumerable.Range(0, rowCount), fold.Training.Concat(fold.Validation).Order());
            Assert.InRange(fold.Validation.Length, rowCount / folds.Count, rowCount / folds.Count + 1);
            if (rowCount >= 100)
                Assert.InRange(fold.Validation.Count(row => classes[row] == 1), 2, 3);
        }
        Assert.Equal(folds[0].Validation, RowSplit.Folds(classes, partCount, seed: 1)[0].Validation);
        if (rowCount >= 100)
            Assert.NotEqual(folds[0].Validation, RowSplit.Folds(classes, partCount, seed: 2)[0].Validation);
    }

    [Fact]
    public void Folds_NeedTwoRowsAndTwoParts()
    {
        Assert.StartsWith(
            "There are 1 rows;", Assert.Throws<ArgumentOutOfRangeException>("classIndices", () => RowSplit.Folds([0], 5, seed: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("partCount", () => RowSplit.Folds([0, 0], 1, seed: 1));
    }
}
