namespace Mlp.Tool.Tasks;

/// <summary>Names that ML.NET gives to columns.</summary>
internal static class MLNetColumns
{
    public const string Label = "Label";
    public const string Features = "Features";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
    public const string Lower = "Score.Lower";
    public const string Upper = "Score.Upper";
    public const string PredictedLabelSet = "PredictedLabelSet";
}
