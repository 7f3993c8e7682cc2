using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Runs one case and holds it to the promise: finite parameters, or a message.</summary>
public static class CaseRun
{
    // Of processor time, in which a training that goes on has taken its part: on the clock, a busy machine could keep it waiting for as
    // long.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a case on a thread of its own.</summary>
    /// <exception cref="BrokenPromiseException">It crashed, hung, or gave numbers that are not finite.</exception>
    public static CaseOutcome Run(TrainingCase training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Task<CaseOutcome> task = Task.Factory.StartNew(
            () => RunCore(training), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(100)))
        {
            if (Environment.CpuUsage.TotalTime - start > TimeLimit)
                throw new BrokenPromiseException($"The training has not ended after {TimeLimit} of processor time.");
        }
        return task.GetAwaiter().GetResult();
    }

    private static CaseOutcome RunCore(TrainingCase training)
    {
        var ml = new MLContext(seed: 1);
        (IDataView Rows, IDataView? Validation) data;
        try
        {
            data = CaseRows.Create(ml, training.Data);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return CaseOutcome.PipelineRefused;
        }

        (ITransformer Transformer, MlpModelParameters Model) fitted;
        bool hasBegun = false;
        try
        {
            fitted = CaseTrainer.Fit(ml, training, data.Rows, data.Validation, () => hasBegun = true);
        }
        catch (TrainingDivergedException)
        {
            return CaseOutcome.Diverged;
        }
        catch (Exception exception) when (IsOurs(exception))
        {
            // Only that the scores' unit is too large for the parameters found is not known before they are.
            if (hasBegun && !exception.Message.Contains("too large for Single"))
                throw new BrokenPromiseException($"Refused only after the training had begun: {exception.Message}");
            return CaseOutcome.Refused;
        }

        CheckFinite(fitted.Model);
        CheckScores(fitted.Transformer.Transform(data.Rows), training);
        return CaseOutcome.Trained;
    }

    /// <summary>Whether the project has thrown it itself, and not a list or a span that was used wrongly.</summary>
    private static bool IsOurs(Exception exception)
    {
        if (exception is not (InvalidOperationException or ArgumentException))
            return false;
        Assembly? thrower = exception.TargetSite?.DeclaringType?.Assembly;
        return (thrower == typeof(Network<>).Assembly || thrower == typeof(MlpOptions).Assembly) && exception.Message.Length > 20;
    }

    private static void CheckFinite(MlpModelParameters model)
    {
        foreach (MlpNetwork network in model.Networks)
        {
            foreach (MlpLayer layer in network.Layers)
                CheckFinite([.. layer.Weights, .. layer.Biases], "parameters");
            if (network.Embedding is { } embedding)
                CheckFinite([.. embedding.Frequencies, .. embedding.Phases, .. embedding.Weights, .. embedding.Biases], "embedding");
        }
        if (model.FeatureScaling is FeatureScaling<float> scaling)
            CheckFinite([.. scaling.Offsets, .. scaling.Factors], "scaling");
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string what)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw new BrokenPromiseException($"A model was given whose {what} contain {value}.");
        }
    }

    /// <summary>Finite parameters can give infinite scores; but there is a score in every row.</summary>
    private static void CheckScores(IDataView scored, TrainingCase training)
    {
        int count = training.Task is CaseTask.Binary or CaseTask.Regression
            ? scored.GetColumn<float>("Score").Count() : scored.GetColumn<VBuffer<float>>("Score").Count();
        if (count != training.Data.RowCount)
            throw new BrokenPromiseException($"There are {count} scores for {training.Data.RowCount} rows.");
    }
}
