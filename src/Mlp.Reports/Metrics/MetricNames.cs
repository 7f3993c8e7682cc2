namespace Mlp.Reports.Metrics;

/// <summary>What metrics are called, in reports and by the command: ML.NET's names where it has one.</summary>
internal static class MetricNames
{
    public const string Accuracy = "Accuracy";
    public const string AreaUnderRoc = "Area under the ROC curve";
    public const string AreaUnderPrecisionRecall = "Area under precision-recall";
    public const string F1 = "F1 score";
    public const string LogLossBits = "Log-loss (bits)";
    public const string LogLossNats = "Log-loss (nats)";
    public const string MacroAccuracy = "Macro accuracy";
}
