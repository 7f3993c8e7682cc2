namespace Microsoft.ML.Data;

internal static class DefaultColumnNames
{
    public const string Label = "Label";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
}
