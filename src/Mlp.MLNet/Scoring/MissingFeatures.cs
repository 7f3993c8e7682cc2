using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Reading;
using Mlp.Numerics;

namespace Mlp.MLNet.Scoring;

/// <summary>Warns, once for each view or row mapper, that a row's predictions are NaN, and says what its features have to do with
/// it.</summary>
/// <param name="environment">Has the log.</param>
/// <param name="features">The feature column.</param>
/// <param name="predictions">What becomes of the predictions: "Score is NaN".</param>
internal sealed class MissingFeatures(IHostEnvironment environment, DataViewSchema.Column features, string predictions)
{
    public const string LogSource = "Mlp";

    private int _isReported;

    /// <summary>Looks for a row whose outputs are NaN.</summary>
    /// <param name="rows">Features, row-major.</param>
    /// <param name="outputs">Of the networks, row-major; as many rows.</param>
    /// <param name="rowCount">At least 1.</param>
    /// <param name="position">Of the first row in its cursor.</param>
    public void Check(ReadOnlySpan<float> rows, ReadOnlySpan<float> outputs, int rowCount, long position)
    {
        if (Volatile.Read(ref _isReported) != 0)
            return;
        int index = 0;
        while (index < outputs.Length && !float.IsNaN(outputs[index]))
            index++;
        if (index == outputs.Length || Interlocked.Exchange(ref _isReported, 1) != 0)
            return;
        int row = index / (outputs.Length / rowCount), featureCount = rows.Length / rowCount;
        using IChannel channel = environment.Register(LogSource).Start("Scoring");
        channel.Warning(MessageSensitivity.UserData, Describe(rows.Slice(row * featureCount, featureCount), position + row));
    }

    private string Describe(ReadOnlySpan<float> row, long position)
    {
        int slot = Finite.IndexOfAnyExcept(row);
        string cause = slot < 0 ? "" : $" ({FeatureColumn.Describe(features, row, slot)})";
        return $"Feature column '{features.Name}' gives no prediction in row {position + 1:N0}{cause}: {predictions}. Replace missing "
            + "values (ReplaceMissingValues) before the features are put together. Further rows like it are not reported.";
    }
}
