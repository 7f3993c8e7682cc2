namespace Mlp.Reports.Content;

/// <summary>Rows with their predictions: all that metrics, and the figures that show where the errors are, are made of.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Predictions">With the true targets.</param>
/// <param name="Known">The targets that a guess without features knows: of the training rows, or without any of the rows.</param>
/// <param name="OutputNames">One per class (two for a binary task), label or number.</param>
/// <param name="LabelName">What is predicted, in words.</param>
internal sealed record ScoredRows(
    PredictionTask Task, TestPredictions Predictions, RowBlocks<double> Known, IReadOnlyList<string> OutputNames, string LabelName)
{
    /// <summary>Classes that exclude each other; 0 for other tasks.</summary>
    public int ClassCount => Task.CountClasses(Predictions.OutputCount);
}
