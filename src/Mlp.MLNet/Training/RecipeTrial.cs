using Mlp.Data;

namespace Mlp.MLNet.Training;

/// <summary>Trains single networks on some of the rows and tells their losses on others: compares parts of a recipe.</summary>
internal sealed class RecipeTrial
{
    /// <summary>More are sampled.</summary>
    public const int MostRows = 5_000;

    private const double HeldOutPart = 0.2;

    private readonly int[] _sample;
    private readonly RowSplit _split;
    private readonly TrainingSettings _settings;

    /// <param name="rowCount">Rows to train on.</param>
    /// <param name="classIndices">One per row; empty where there are no classes.</param>
    /// <param name="settings">Of the training, with the epochs for <see cref="MostRows"/> rows.</param>
    public RecipeTrial(int rowCount, int[] classIndices, TrainingSettings settings)
    {
        _sample = [.. Enumerable.Range(0, rowCount)];
        int[] classes = classIndices.Length == 0 ? new int[rowCount] : classIndices;
        if (rowCount > MostRows)
            _sample = RowSplit.HoldOutStratified(classes, (double)MostRows / rowCount, settings.Seed).Validation;
        _split = RowSplit.HoldOutStratified([.. _sample.Select(row => classes[row])], HeldOutPart, settings.Seed);
        _settings = settings with
        {
            Checkpoint = null,
            // Each rank does the same.
            Ranks = null,
            EpochCallback = null,
            ReturnBestOnCancellation = false,
        };
    }

    /// <summary>Rows of a trial, those that are held out included.</summary>
    public int RowCount => _sample.Length;

    /// <summary>Rows of a trial that are held out.</summary>
    public int HeldOutCount => _split.Validation.Length;

    /// <summary>The least held-out loss of each network.</summary>
    /// <param name="rows">To train on, scaled.</param>
    /// <param name="create">New networks.</param>
    /// <exception cref="TrainingDivergedException">One of them diverged.</exception>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public double[] LossesOf(IRowSource<float> rows, params Func<Network<float>>[] create)
    {
        EnsembleResult<float> result = EnsembleTraining.Fit(
            (index, _) => create[index](), Select(_split.Training), Select(_split.Validation), [], _settings,
            new EnsembleSettings { NumberOfNetworks = create.Length });
        return [.. result.History.GroupBy(report => report.NetworkIndex).OrderBy(reports => reports.Key)
            .Select(reports => reports.Min(report => report.ValidationLoss!.Value))];

        SelectedRows<float> Select(int[] indices) => new(rows, [.. indices.Select(index => _sample[index])]);
    }
}
