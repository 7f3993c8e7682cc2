using System.Runtime.ExceptionServices;
using Mlp.Data;

namespace Mlp.MLNet.Training;

/// <summary>Trains single networks on some of the rows and tells their losses on others: compares parts of a recipe.</summary>
internal sealed class RecipeTrial
{
    // Of as many parts of the rows each network holds out one.
    private const int PartCount = 5;

    private readonly int[] _sample;
    private readonly RowFolds _folds;
    private readonly TrainingSettings _settings;

    /// <param name="rowCount">Rows to train on.</param>
    /// <param name="classIndices">One per row; empty where there are no classes.</param>
    /// <param name="mostRows">More are sampled.</param>
    /// <param name="enoughHeldOut">Rows whose loss is not too noisy. Where a fifth of the rows is less, several fifths are held out, each
    /// by another network; 1 for one fifth.</param>
    /// <param name="settingsFor">Of the training, given how many rows there are in a trial.</param>
    public RecipeTrial(
        int rowCount, int[] classIndices, int mostRows, int enoughHeldOut, Func<int, TrainingSettings> settingsFor)
    {
        RowCount = Math.Min(rowCount, mostRows);
        _settings = settingsFor(RowCount) with
        {
            Checkpoint = null,
            // Each rank does the same.
            Ranks = null,
            EpochCallback = null,
            ReturnBestOnCancellation = false,
        };
        _sample = [.. Enumerable.Range(0, rowCount)];
        int[] classes = classIndices.Length == 0 ? new int[rowCount] : classIndices;
        if (RowCount < rowCount)
            _sample = RowSplit.HoldOutStratified(classes, (double)RowCount / rowCount, _settings.Seed).Validation;
        IReadOnlyList<RowSplit> parts = RowSplit.Folds([.. _sample.Select(row => classes[row])], PartCount, _settings.Seed);
        NetworkCount = Math.Clamp((int)Math.Ceiling((double)PartCount * enoughHeldOut / RowCount), 1, PartCount);
        HeldOutCount = parts.Take(NetworkCount).Sum(part => part.Validation.Length);
        _folds = RowFolds.Of([.. parts.Take(NetworkCount)], _sample.Length);
    }

    /// <summary>Rows of a trial, those that are held out included.</summary>
    public int RowCount { get; }

    /// <summary>Networks that each candidate trains.</summary>
    public int NetworkCount { get; }

    /// <summary>Rows of a trial that a network holds out.</summary>
    public int HeldOutCount { get; }

    /// <summary>The least held-out loss of a candidate's networks, their mean; infinite where one diverged. Candidates begin with the same
    /// seeds.</summary>
    /// <param name="candidates">The rows to train on, scaled, and a new network, given a seed. Trained side by side.</param>
    /// <exception cref="OperationCanceledException">The settings' cancellation token said so.</exception>
    public double[] LossesOf(params (IRowSource<float> Rows, Func<int, Network<float>> Create)[] candidates)
    {
        TrainingSettings settings = _settings with { NumberOfThreads = Math.Max(1, _settings.NumberOfThreads / candidates.Length) };
        var losses = new double[candidates.Length];
        try
        {
            Parallel.For(
                0, candidates.Length, new ParallelOptions { MaxDegreeOfParallelism = _settings.NumberOfThreads },
                index => losses[index] = LossOf(candidates[index].Rows, candidates[index].Create, settings));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
        return losses;
    }

    private double LossOf(IRowSource<float> rows, Func<int, Network<float>> create, TrainingSettings settings)
    {
        try
        {
            EnsembleResult<float> result = EnsembleTraining.Fit(
                (_, seed) => create(seed), new SelectedRows<float>(rows, _sample), validation: null, classIndices: [], settings,
                new EnsembleSettings { NumberOfNetworks = NetworkCount, Folds = _folds });
            return result.History.GroupBy(report => report.NetworkIndex)
                .Average(reports => reports.Min(report => report.ValidationLoss!.Value));
        }
        catch (TrainingDivergedException)
        {
            return double.PositiveInfinity;
        }
    }
}
