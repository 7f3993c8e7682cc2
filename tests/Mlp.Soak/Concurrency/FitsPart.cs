using Microsoft.ML;
using Mlp.MLNet;

namespace Mlp.Soak.Concurrency;

/// <summary>Training after training in one process, which stays as large as it was.</summary>
internal sealed class FitsPart : ISoakPart
{
    // Until then code is compiled, pools are filled and the heap finds its size.
    private const int WarmUpCount = 60;

    // Fewer would not show a leak of a few kilobytes each; in a short run this takes longer than its share.
    private const int MinCount = 30;

    public string Name => "fits";

    public double Share => 1;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        var ml = new MLContext(run.Seed);
        IDataView raw = ml.Data.LoadFromEnumerable(SoakRow.Create(rowCount: 120, run.Seed));
        // Once: Microsoft.ML keeps some 3 KB of each Fit of this transform.
        IDataView rows = ml.Transforms.Conversion.MapValueToKey("Label", nameof(SoakRow.Colour)).Fit(raw).Transform(raw);
        IEstimator<ITransformer>[] trainers = [.. Trainers(ml, run.Seed)];
        for (int index = 0; index < WarmUpCount; index++)
            Fit(ml, trainers[index % trainers.Length], rows);

        ProcessSize before = Settled();
        var tally = new Tally(run.Time);
        while (!tally.IsOver || tally.Count < MinCount)
        {
            Fit(ml, trainers[(int)(tally.Count % trainers.Length)], rows);
            tally.Add(1);
        }
        ProcessSize after = Settled();
        if (before.GrowthTo(after) is string growth)
            tally.Fail(growth);
        yield return tally.Result(run, "Trainings in one process that stays as large as it was", "fits", $"from {before} to {after}");

        ProcessSize Settled()
        {
            // Microsoft.ML strikes what was collected off its lists when the next component registers.
            ProcessSize.Measure();
            foreach (IEstimator<ITransformer> trainer in trainers)
                Fit(ml, trainer, rows);
            return ProcessSize.Measure();
        }
    }

    private static void Fit(MLContext ml, IEstimator<ITransformer> trainer, IDataView rows)
    {
        ITransformer model = trainer.Fit(rows);
        ml.Model.Save(model, rows.Schema, Stream.Null);
        foreach (DataViewSchema.Column column in model.Transform(rows).Schema)
            _ = column.Type;
    }

    private static IEnumerable<IEstimator<ITransformer>> Trainers(MLContext ml, int seed)
    {
        const int Epochs = 4, Threads = 4;
        yield return ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options
        {
            LabelColumnName = nameof(SoakRow.Flag),
            HiddenLayerSizes = [16],
            NumberOfNetworks = 4,
            NumberOfEpochs = Epochs,
            NumberOfThreads = Threads,
            Seed = seed,
        });
        yield return ml.MulticlassClassification.Trainers.Mlp(
            new MlpMulticlassTrainer.Options(MlpPreset.Plain) { NumberOfEpochs = Epochs, NumberOfThreads = Threads, Seed = seed });
        yield return ml.Regression.Trainers.Mlp(new MlpRegressionTrainer.Options(MlpPreset.Plain)
        {
            LabelColumnName = nameof(SoakRow.Targets),
            NumberOfEpochs = Epochs,
            NumberOfThreads = Threads,
            Seed = seed,
            Optimizer = new Lbfgs(),
            BatchSize = TrainingSettings.FullBatch,
        });
        yield return ml.MulticlassClassification.Trainers.MlpMultiLabel(
            new MlpMultiLabelTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = nameof(SoakRow.Answers),
                NumberOfEpochs = Epochs,
                NumberOfThreads = Threads,
                Seed = seed
            });
    }
}
