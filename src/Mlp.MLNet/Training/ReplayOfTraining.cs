using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Replay;

namespace Mlp.MLNet.Training;

/// <summary>What is taken from the rows of a first training before they are scaled, and becomes the memory of its model.</summary>
internal sealed class ReplayOfTraining
{
    private readonly Reservoir _rows;
    private readonly int[] _indices;
    private readonly ColumnHistogram[] _columns;
    private readonly long _rowCount;

    /// <param name="rows">To train on, not scaled.</param>
    /// <param name="capacity">Rows that are kept at most.</param>
    /// <param name="classCount">Classes of the label; 0 for numbers.</param>
    /// <param name="seed">Of the training.</param>
    public ReplayOfTraining(TrainingRows rows, int capacity, int classCount, int seed)
    {
        // The deciles of numbers come from a sample, too; where no row is kept, from one of the usual size.
        const int SampleRowCount = 10_000;
        (_rows, _indices) = Reservoir.Draw(rows, capacity, seed);
        TrainingRows sample = capacity >= SampleRowCount || _rows.RowCount == rows.RowCount
            ? _rows.Rows! : Reservoir.Draw(rows, SampleRowCount, seed).Rows.Rows!;
        _columns = ReplayColumns.Count(rows, sample, bins: null, classCount);
        _rowCount = rows.RowCount;
    }

    /// <param name="result">Of the training.</param>
    /// <param name="firstCount">Its networks that are no refits; they come first.</param>
    /// <param name="fingerprint">Of the model.</param>
    public MlpReplayMemory ToMemory(EnsembleResult<float> result, int firstCount, string fingerprint) => new(
        fingerprint, _rowCount, _rows with { Folds = [.. _indices.Select(row => result.Folds?.OfRows[row] ?? RowFolds.None)] },
        _columns, [.. result.Moments])
    {
        FirstBestEpoch = result.BestEpochs.Take(firstCount).Average(),
    };
}
