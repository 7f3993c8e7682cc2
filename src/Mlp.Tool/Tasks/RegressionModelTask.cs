using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tasks;

/// <summary>A number.</summary>
internal sealed class RegressionModelTask : ModelTask
{
    // From here on a model is more likely to have been told the label than to have learnt it.
    private const double PerfectRSquared = 0.9999;

    public static IReadOnlyList<MetricDefinition<RegressionMetrics>> Metrics { get; } =
    [
        new("rSquared", "R²", "RSquared", metrics => metrics.RSquared, "F4", Guesses.RSquared),
        new("rootMeanSquaredError", "root mean squared error", "RootMeanSquaredError", metrics =>
            metrics.RootMeanSquaredError, "G6", Guesses.RootMeanSquaredError),
        new("meanAbsoluteError", "mean absolute error", "MeanAbsoluteError", metrics =>
            metrics.MeanAbsoluteError, "G6", Guesses.MeanAbsoluteError),
    ];

    public override TableTask Name => TableTask.Regression;

    public override bool HasClasses => false;

    public override string OptionsType => "MlpRegressionTrainer.Options";

    public override string Catalog => "Regression";

    public override string CoverageOption => "PredictionIntervals";

    public override string ProgressMetric => "RMSE";

    public override string LeadingMetric => "rootMeanSquaredError";

    public override PredictionTask ReportTask => new RegressionTask();

    public override MlpOptions CreateOptions(MlpPreset preset) => new MlpRegressionTrainer.Options(preset);

    public override void SetLevels(MlpOptions options, IReadOnlyList<double> levels) =>
        ((MlpRegressionTrainer.Options)options).PredictionIntervals = PredictionLevels.Of([.. levels]);

    public override IEstimator<ITransformer> CreateTrainer(MLContext ml, MlpOptions options) =>
        ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options);

    public override MlpUpdate<ITransformer> Update(MLContext ml, ITransformer model, IDataView rows, MlpOptions options) =>
        ml.Model.UpdateMlp(model, rows, ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options));

    public override TunedModel Tune(
        MLContext ml, IDataView train, IEstimator<ITransformer> before, IEstimator<ITransformer> trainer, MlpTuningSettings settings) =>
        TunedModel.Of(ml.Regression.Tune(train, before, (MlpRegressionTrainer)trainer, settings));

    public override bool TakesClasses(int count) => count == 0;

    public override Func<(int? ClassIndex, float[] Values)> CreateReader(DataViewRow row, int classCount)
    {
        ValueGetter<float> getScore = row.GetGetter<float>(row.Schema[MLNetColumns.Score]);
        return () =>
        {
            float score = 0;
            getScore(ref score);
            return (null, [score]);
        };
    }

    public override IEnumerable<int> ReadClasses(IDataView data, string labelColumn) => [];

    public override string NameOfOutput(int output, IReadOnlyList<string> classes, string label) => label;

    public override IEnumerable<Metric> Evaluate(
        MLContext ml, ITransformer model, IDataView rows, string labelColumn, LabelSummary train, TestLabels test)
    {
        RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(rows), labelColumn);
        return Metrics.Select(metric => metric.Of(metrics, train, test));
    }

    public override IEnumerable<string> MetricsCode() => Metrics.Select(metric => metric.ToCode());

    public override string NameOfGuess(LabelSummary train, IReadOnlyList<string> classes) => $"always {Figures.Rounded(train.Mean!.Value)}";

    /// <summary>Squared error, and absolute error.</summary>
    /// <inheritdoc/>
    public override (double? First, double Second) GainOverGuess(float label, RowPrediction row, LabelSummary train)
    {
        double error = label - row.Values[0], guessed = label - train.Mean!.Value;
        return (guessed * guessed - error * error, Math.Abs(label - train.Median!.Value) - Math.Abs(error));
    }

    /// <summary>The squared error is above that of the rows' own mean.</summary>
    /// <inheritdoc/>
    public override bool IsOfNoUse(IReadOnlyList<Metric> metrics) => Metric.Find(metrics, "rSquared").Value <= 0;

    public override bool IsTooGood(IReadOnlyList<Metric> metrics) => Metric.Find(metrics, "rSquared").Value >= PerfectRSquared;

    /// <summary>Several numbers at once are a vector, of which no table has a column.</summary>
    /// <inheritdoc/>
    protected override bool IsTaskOf(MlpTransformerBase network) =>
        network is MlpRegressionTransformer && network.Model.OutputCount == 1;
}
