using Microsoft.ML.Data;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>One of ML.NET's metrics: its name here, the property as C# code, and a function that reads it.</summary>
/// <typeparam name="TMetrics">ML.NET's class.</typeparam>
/// <param name="Name">For programs.</param>
/// <param name="Title">For people.</param>
/// <param name="Property">Of ML.NET's class.</param>
/// <param name="Read">Reads that property.</param>
/// <param name="Format">Of the number.</param>
/// <param name="Guess">The same metric of the best guess without features, from the labels of the training rows and of the test
/// rows.</param>
internal sealed record MetricDefinition<TMetrics>(
    string Name, string Title, string Property, Func<TMetrics, double> Read, string Format, Func<LabelSummary, TestLabels, double> Guess)
{
    public Metric Of(TMetrics metrics, LabelSummary train, TestLabels test) => new(Name, Title, Read(metrics), Guess(train, test), Format);

    /// <summary>A statement that prints the metric, of the variable <c>metrics</c>.</summary>
    public string ToCode() =>
        $"Console.WriteLine(FormattableString.Invariant($\"{Title,-MetricDefinitions.TitleWidth} {{metrics.{Property}:{Format}}}\"));";
}

/// <summary>The metrics that are shown, in order.</summary>
internal static class MetricDefinitions
{
    public const int TitleWidth = 28;

    public static IReadOnlyList<MetricDefinition<CalibratedBinaryClassificationMetrics>> Binary { get; } =
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

    public static IReadOnlyList<MetricDefinition<MulticlassClassificationMetrics>> Multiclass { get; } =
    [
        new("accuracy", "accuracy", "MicroAccuracy", metrics => metrics.MicroAccuracy, "F4", Guesses.Accuracy),
        new("meanClassAccuracy", "macro accuracy", "MacroAccuracy", metrics =>
            metrics.MacroAccuracy, "F4", Guesses.MeanClassAccuracy),
        new("logLossNats", "log-loss (nats)", "LogLoss", metrics => metrics.LogLoss, "F4", Guesses.LogLoss),
    ];

    public static IReadOnlyList<MetricDefinition<RegressionMetrics>> Regression { get; } =
    [
        new("rSquared", "R²", "RSquared", metrics => metrics.RSquared, "F4", Guesses.RSquared),
        new("rootMeanSquaredError", "root mean squared error", "RootMeanSquaredError", metrics =>
            metrics.RootMeanSquaredError, "G6", Guesses.RootMeanSquaredError),
        new("meanAbsoluteError", "mean absolute error", "MeanAbsoluteError", metrics =>
            metrics.MeanAbsoluteError, "G6", Guesses.MeanAbsoluteError),
    ];
}
