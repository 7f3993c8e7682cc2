namespace Mlp.Tool.Tasks;

/// <summary>What a model predicts for a row.</summary>
/// <param name="ClassIndex">Of the predicted class; null for a number, and where there is no prediction.</param>
/// <param name="Values">The probability of each class, or the number alone; NaN where there is no prediction.</param>
/// <param name="Intervals">Of a number, one for each level; may be empty.</param>
/// <param name="Set">Classes of which one is right as often as the model's level says; null for none.</param>
internal sealed record RowPrediction(
    int? ClassIndex, IReadOnlyList<float> Values, IReadOnlyList<PredictedInterval> Intervals, IReadOnlyList<int>? Set)
{
    /// <summary>Columns with a category that training did not see.</summary>
    public IReadOnlyList<string> UnknownCategories { get; init; } = [];
}
