using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Mlp.MLNet.Options;
using Mlp.MLNet.Training;
using Mlp.Training.Tuning;

namespace Mlp.MLNet.Tuning;

/// <summary>Trains the networks of a search, or finds them in its folder.</summary>
/// <param name="trainer">Whose options are varied.</param>
/// <param name="space">How.</param>
/// <param name="folds">The rows.</param>
/// <param name="truths">Of the rows that each fold holds out.</param>
/// <param name="frequencies">Of the networks of the trainer's own ensemble.</param>
/// <param name="seed">Of the search.</param>
/// <param name="settings">Of the search.</param>
/// <param name="team">Does the work.</param>
internal sealed class TrialRunner<TTransformer>(
    MlpTrainerBase<TTransformer> trainer, MlpSearchSpace space, IReadOnlyList<PreparedRows> folds, IReadOnlyList<FoldRows<float>> truths,
    FrequencyRange frequencies, int seed, MlpTuningSettings settings, JobTeam team)
    where TTransformer : MlpTransformerBase
{
    private readonly Lock _lock = new();
    private readonly string[] _fingerprints = [.. folds.Select(fold => fold.Rows.Fingerprint(fold.Validation))];
    private int _networkCount;

    /// <summary>That all trainings took together.</summary>
    public double Seconds { get; private set; }

    /// <summary>The options of a network of a trial, the values of all hyper-parameters set.</summary>
    /// <param name="number">Of the trial.</param>
    /// <param name="replica">Of the trainer's own settings, which differ by their frequencies as those of its ensemble do.</param>
    public MlpOptions OptionsOf(int number, int replica = 0)
    {
        const string Frequency = nameof(NumericEmbedding.FrequencyDeviation);
        MlpOptions options = trainer.CopyOptions();
        IReadOnlyDictionary<string, double> values = space.Draw(seed, number);
        space.Apply(options, values);
        NumericEmbedding embedding = options.NumericEmbedding ?? trainer.OptionsInForce.NumericEmbedding;
        bool isDrawn = values.TryGetValue(Frequency, out double value)
            && value != space.Dimensions.First(dimension => dimension.Name == Frequency).Default;
        if (!isDrawn && trainer.OptionsInForce.NumericEmbedding.FrequencyDeviation is null)
        {
            double deviation = frequencies.Of(number == 0 ? replica : number, SearchPlan.PlaceCount);
            options.NumericEmbedding = embedding with { FrequencyDeviation = deviation };
        }
        return options;
    }

    /// <summary>What became of jobs, in their order.</summary>
    public TrialOutcome[] Run(IReadOnlyList<TrialJob> jobs) => team.Run(jobs, Find, Train);

    private TrialOutcome? Find(TrialJob job)
    {
        if (settings.Folder is not { } folder)
            return null;
        TrialOutcome? outcome = TrialFile.Read(Path.Combine(folder, job.FileName), IdentityOf(job), truths[job.Fold].Targets.Length);
        if (outcome is not null)
            Report(job, outcome);
        return outcome;
    }

    private TrialOutcome Train(TrialJob job, int threadCount, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        float[]? outputs = null;
        try
        {
            outputs = trainer.TrainHeldOut(
                folds[job.Fold], OptionsOf(job.Number, job.Replica), job.SeedFor(seed), threadCount, cancellationToken);
        }
        catch (TrainingDivergedException) when (job.Number > 0)
        {
            // A result as any other: such settings are no good. Those of the trainer itself are for its user to change.
        }
        var outcome = new TrialOutcome(outputs, watch.Elapsed.TotalSeconds);
        if (settings.Folder is { } folder)
            TrialFile.Write(Path.Combine(folder, job.FileName), IdentityOf(job), outcome);
        Report(job, outcome);
        return outcome;
    }

    private void Report(TrialJob job, TrialOutcome outcome)
    {
        lock (_lock)
        {
            Seconds += outcome.Seconds;
            _networkCount++;
            settings.Progress?.Invoke(new MlpTuningProgress(job.Number, job.Rung, _networkCount, Seconds));
        }
    }

    /// <summary>All that the outputs depend on; another version may give other bits.</summary>
    private string IdentityOf(TrialJob job)
    {
        MlpOptions options = OptionsOf(job.Number, job.Replica);
        (options.NumberOfThreads, options.Checkpoint) = (1, null);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{typeof(MlpOptions).Assembly.GetName().Version} {_fingerprints[job.Fold]} {job.SeedFor(seed)} {options}")));
    }
}
