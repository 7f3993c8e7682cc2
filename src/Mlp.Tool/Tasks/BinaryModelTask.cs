using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>One of two classes, of which the last is the positive one.</summary>
internal sealed class BinaryModelTask : ClassesModelTask
{
    public static IReadOnlyList<MetricDefinition<CalibratedBinaryClassificationMetrics>> Metrics { get; } =
    [
        new("accuracy", "accuracy", "Accuracy", metrics => metrics.Accuracy, "F4", Guesses.Accuracy),
        new("areaUnderRocCurve", "area under the ROC curve", "AreaUnderRocCurve", metrics => metrics.AreaUnderRocCurve, "F4", (_, _) =>
            0.5),
        new("areaUnderPrecisionRecallCurve", "area under precision-recall", "AreaUnderPrecisionRecallCurve", metrics =>
            metrics.AreaUnderPrecisionRecallCurve, "F4", Guesses.PositiveShare),
        new("f1Score", "F1 score", "F1Score", metrics => metrics.F1Score, "F4", Guesses.F1Score),
        new("logLossBits", "log-loss (bits)", "LogLoss", metrics => metrics.LogLoss, "F4", (train, test) =>
            Guesses.LogLoss(train, test) / Math.Log(2)),
    ];

    public override TableTask Name => TableTask.Binary;

    public override bool HasPositiveClass => true;

    public override string OptionsType => "MlpBinaryTrainer.Options";

    public override string Catalog => "BinaryClassification";

    public override PredictionTask ReportTask => new BinaryTask();

    public override string EvaluatedCode => "model, test";

    public override IReadOnlyList<string> PredictionColumns => [MLNetColumns.Probability, MLNetColumns.PredictedLabel];

    public override MlpOptions CreateOptions(MlpPreset preset) => new MlpBinaryTrainer.Options(preset);

    public override void SetLevels(MlpOptions options, IReadOnlyList<double> levels) =>
        ((MlpBinaryTrainer.Options)options).PredictionSets = levels[0];

    public override IEstimator<ITransformer> CreateTrainer(MLContext ml, MlpOptions options) =>
        ml.BinaryClassification.Trainers.Mlp((MlpBinaryTrainer.Options)options);

    public override MlpUpdate<ITransformer> Update(MLContext ml, ITransformer model, IDataView rows, MlpOptions options) =>
        ml.Model.UpdateMlp(model, rows, ml.BinaryClassification.Trainers.Mlp((MlpBinaryTrainer.Options)options));

    public override TunedModel Tune(
        MLContext ml, IDataView train, IEstimator<ITransformer> before, IEstimator<ITransformer> trainer, MlpTuningSettings settings) =>
        TunedModel.Of(ml.BinaryClassification.Tune(train, before, (MlpBinaryTrainer)trainer, settings));

    public override bool TakesClasses(int count) => count == 2;

    public override Func<(int? ClassIndex, float[] Values)> CreateReader(DataViewRow row, int classCount)
    {
        ValueGetter<float> getProbability = row.GetGetter<float>(row.Schema[MLNetColumns.Probability]);
        ValueGetter<bool> getLabel = row.GetGetter<bool>(row.Schema[MLNetColumns.PredictedLabel]);
        return () =>
        {
            float probability = 0;
            bool isPositive = false;
            getProbability(ref probability);
            getLabel(ref isPositive);
            return (float.IsNaN(probability) ? null : isPositive ? 1 : 0, [1 - probability, probability]);
        };
    }

    public override IReadOnlyList<double> ReportOutputs(IReadOnlyList<double> values) => [values[1]];

    public override IEnumerable<int> ReadClasses(IDataView data, string labelColumn) =>
        data.GetColumn<bool>(labelColumn).Select(label => label ? 1 : 0);

    public override string NameOfOutput(int output, IReadOnlyList<string> classes, string label) => classes[1];

    public override IEnumerable<Metric> Evaluate(
        MLContext ml, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test)
    {
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model, rows, labelColumn);
        return Metrics.Select(metric => metric.Of(metrics, train, test));
    }

    public override IEnumerable<string> MetricsCode() => Metrics.Select(metric => metric.ToCode());

    /// <summary>By more than two standard errors of the area under the ROC curve of random scores, sqrt((1 / positives + 1 / negatives) /
    /// 12) for many rows.</summary>
    /// <inheritdoc/>
    public override bool RanksBetter(IReadOnlyList<Metric> metrics, long rowCount)
    {
        double positives = Metric.Find(metrics, "areaUnderPrecisionRecallCurve").Baseline * rowCount, negatives = rowCount - positives;
        return Metric.Find(metrics, "areaUnderRocCurve").Value > 0.5 + 2 * Math.Sqrt((1 / positives + 1 / negatives) / 12);
    }

    protected override bool IsTaskOf(MlpTransformerBase network) => network is MlpBinaryTransformer;
}
