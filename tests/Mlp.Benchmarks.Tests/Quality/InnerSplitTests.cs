using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class InnerSplitTests
{
    // 50 of a, 20 of b, 4 of c, 1 of d.
    private static readonly string[] Classes =
        [.. Enumerable.Repeat("a", 50), .. Enumerable.Repeat("b", 20), .. Enumerable.Repeat("c", 4), "d"];

    [Fact]
    public void HeldOut_IsAFifthOfEachClass_AndNoOnlyRow()
    {
        bool[] heldOut = InnerSplit.HeldOut(Classes, Classes.Length, seed: 0);

        var counts = Classes.Zip(heldOut).Where(pair => pair.Second).CountBy(pair => pair.First).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["a"] = 10, ["b"] = 4, ["c"] = 1 }, counts);
    }

    [Fact]
    public void HeldOut_DependsOnTheSeedAlone()
    {
        bool[] first = InnerSplit.HeldOut(Classes, Classes.Length, seed: 1);

        Assert.Equal(first, InnerSplit.HeldOut(Classes, Classes.Length, seed: 1));
        Assert.NotEqual(first, InnerSplit.HeldOut(Classes, Classes.Length, seed: 2));
    }

    [Fact]
    public void HeldOut_OfNumbers_IsAFifthFromAllOverTheRows()
    {
        bool[] heldOut = InnerSplit.HeldOut(classes: null, rowCount: 1000, seed: 0);

        Assert.Equal(200, heldOut.Count(isHeldOut => isHeldOut));
        // 40 expected per fifth, standard deviation 5.7: hypergeometric.
        Assert.All(heldOut.Chunk(200), part => Assert.InRange(part.Count(isHeldOut => isHeldOut), 20, 60));
    }

    [Fact]
    public void Folds_HaveAsManyRowsOfEachClass_GiveOrTakeOne()
    {
        int[] folds = InnerSplit.Folds(Classes, Classes.Length, foldCount: 3, seed: 0);

        foreach (string name in Classes.Distinct())
        {
            int[] counts = [.. Enumerable.Range(0, 3).Select(fold => Classes.Zip(folds).Count(pair => pair == (name, fold)))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
        Assert.Equal([25, 25, 25], Enumerable.Range(0, 3).Select(fold => folds.Count(each => each == fold)));
        Assert.NotEqual(folds, InnerSplit.Folds(Classes, Classes.Length, foldCount: 3, seed: 1));
    }

    [Theory]
    [InlineData(100, 3000, 75, 25)]
    [InlineData(100, 30, 30, 70)]
    [InlineData(20_000, 3000, 3000, 5000)]
    public void Sample_FitsAndJudgesOnDifferentRows_SoManyOfThem(int rowCount, int most, int fittedCount, int judgedCount)
    {
        (int[] fitted, int[] judged) = InnerSplit.Sample(rowCount, most, seed: 1);

        Assert.Equal((fittedCount, judgedCount), (fitted.Length, judged.Length));
        Assert.Equal(fittedCount + judgedCount, fitted.Concat(judged).Where(row => row >= 0 && row < rowCount).Distinct().Count());
        Assert.Equal(fitted, InnerSplit.Sample(rowCount, most, seed: 1).Fitted);
        Assert.NotEqual(fitted, InnerSplit.Sample(rowCount, most, seed: 2).Fitted);
    }
}
