namespace Microsoft.ML.Transforms;

/// <summary>Collects the statistics of a column, row by row, and makes the function that normalizes it.</summary>
internal interface INormalizerTrainer
{
    /// <summary>Takes the cursor's current row in; false when it has seen enough rows before.</summary>
    bool Update();

    INormalizerFunction Finish();
}
