using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>One of several classes.</summary>
internal sealed class MulticlassModelTask : ClassesModelTask
{
    public static IReadOnlyList<MetricDefinition<MulticlassClassificationMetrics>> Metrics { get; } =
    [
        new("accuracy", "accuracy", "MicroAccuracy", metrics => metrics.MicroAccuracy, "F4", Guesses.Accuracy),
        new("meanClassAccuracy", "macro accuracy", "MacroAccuracy", metrics =>
            metrics.MacroAccuracy, "F4", Guesses.MeanClassAccuracy),
        new("logLossNats", "log-loss (nats)", "LogLoss", metrics => metrics.LogLoss, "F4", Guesses.LogLoss),
    ];

    public override TableTask Name => TableTask.Multiclass;

    public override bool PredictsKey => true;

    public override string OptionsType => "MlpMulticlassTrainer.Options";

    public override string Catalog => "MulticlassClassification";

    public override PredictionTask ReportTask => new MulticlassTask();

    public override MlpOptions CreateOptions(MlpPreset preset) => new MlpMulticlassTrainer.Options(preset);

    public override void SetLevels(MlpOptions options, IReadOnlyList<double> levels) =>
        ((MlpMulticlassTrainer.Options)options).PredictionSets = levels[0];

    public override IEstimator<ITransformer> CreateTrainer(MLContext ml, MlpOptions options) =>
        ml.MulticlassClassification.Trainers.Mlp((MlpMulticlassTrainer.Options)options);

    public override MlpUpdate<ITransformer> Update(MLContext ml, ITransformer model, IDataView rows, MlpOptions options) =>
        ml.Model.UpdateMlp(model, rows, ml.MulticlassClassification.Trainers.Mlp((MlpMulticlassTrainer.Options)options));

    public override TunedModel Tune(
        MLContext ml, IDataView train, IEstimator<ITransformer> before, IEstimator<ITransformer> trainer, MlpTuningSettings settings) =>
        TunedModel.Of(ml.MulticlassClassification.Tune(train, before, (MlpMulticlassTrainer)trainer, settings));

    public override bool TakesClasses(int count) => count >= 2;

    public override Func<(int? ClassIndex, float[] Values)> CreateReader(DataViewRow row, int classCount)
    {
        ValueGetter<VBuffer<float>> getScores = row.GetGetter<VBuffer<float>>(row.Schema[MLNetColumns.Score]);
        VBuffer<float> scores = default;
        return () =>
        {
            getScores(ref scores);
            float[] values = [.. scores.DenseValues()];
            if (values.Length != classCount)
                throw new InvalidDataException($"The model has {values.Length} scores for {classCount} classes.");
            return (values.Any(float.IsNaN) ? null : Array.IndexOf(values, values.Max()), values);
        };
    }

    public override IEnumerable<int> ReadClasses(IDataView data, string labelColumn) =>
        data.GetColumn<uint>(labelColumn).Select(key => (int)key - 1);

    public override string NameOfOutput(int output, IReadOnlyList<string> classes, string label) => classes[output];

    public override IEnumerable<Metric> Evaluate(
        MLContext ml, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test)
    {
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(rows), labelColumn);
        return Metrics.Select(metric => metric.Of(metrics, train, test));
    }

    public override IEnumerable<string> MetricsCode() => Metrics.Select(metric => metric.ToCode());

    protected override bool IsTaskOf(MlpTransformerBase network) => network is MlpMulticlassTransformer;
}
