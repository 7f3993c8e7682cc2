using Mlp.Data;

namespace Mlp.Tests.Data;

public class RowFoldsTests
{
    [Fact]
    public void Folds_GiveTheSplitsBack()
    {
        IReadOnlyList<RowSplit> splits = RowSplit.Folds(new int[20], partCount: 4, seed: 1);
        var folds = RowFolds.Of([.. splits, splits[0], splits[1]], rowCount: 20);
        Assert.Equal([0, 1, 2, 3], folds.OfRows.Distinct().Order());
        RowSplit[] again = folds.ToSplits(networkCount: 6)!;
        Assert.Equal(6, again.Length);
        for (int network = 0; network < 6; network++)
        {
            Assert.Equal(splits[network % 4].Validation, again[network].Validation);
            Assert.Equal(splits[network % 4].Training, again[network].Training);
        }
    }

    [Fact]
    public void RowsOfNoFold_AreTrainedOnByAll()
    {
        RowSplit split = Assert.Single(new RowFolds([RowFolds.None, 0, RowFolds.None]).ToSplits(networkCount: 1)!);
        Assert.Equal([0, 2], split.Training);
        Assert.Equal([1], split.Validation);
    }

    [Fact]
    public void FoldsThatLeaveNothing_AreNone()
    {
        Assert.Null(new RowFolds([0, 0]).ToSplits(networkCount: 1));
        Assert.Null(new RowFolds([RowFolds.None, 1]).ToSplits(networkCount: 2));
        Assert.Null(new RowFolds([RowFolds.None]).ToSplits(networkCount: 1));
    }

    [Fact]
    public void GivenFolds_AreHeldOut_AndTold()
    {
        int[] given = [.. Enumerable.Range(0, 30).Select(row => row % 3 == 0 ? 0 : row % 3 == 1 ? 1 : RowFolds.None)];
        float[] inputs = [.. Enumerable.Range(0, 30).Select(row => row / 30f)];
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (_, seed) => Network<float>.Create(1, [Layer.Dense(1, Activation.Identity)], seed),
            new DenseRows<float>(inputs, inputs, 1, 1), validation: null, [],
            new TrainingSettings { Loss = Loss.SquaredError, NumberOfEpochs = 2, EarlyStopping = new EarlyStopping() },
            new EnsembleSettings { NumberOfNetworks = 2, Folds = new RowFolds(given), KeepsHeldOutOutputs = true });
        Assert.Equal(given, result.Folds!.OfRows);
        int[] heldOut = [.. Enumerable.Range(0, 30).Where(row => given[row] >= 0)];
        Assert.Equal(heldOut.OrderBy(row => given[row]).ThenBy(row => row), result.HeldOut!.RowIndices);
    }
}
