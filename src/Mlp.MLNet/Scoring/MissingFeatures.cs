using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.Data;
using Mlp.MLNet.Reading;
using Mlp.Numerics;

namespace Mlp.MLNet.Scoring;

/// <summary>Warns, once for each view or row mapper, that a row's predictions are NaN, and says what its features have to do with
/// it; or that a feature is missing that never was in training.</summary>
/// <param name="environment">Has the log.</param>
/// <param name="features">The feature column.</param>
/// <param name="model">Scores.</param>
/// <param name="predictions">What becomes of the predictions: "Score is NaN".</param>
internal sealed class MissingFeatures(
    IHostEnvironment environment, DataViewSchema.Column features, Model<float> model, string predictions)
{
    public const string LogSource = "Mlp";

    private int _isReported, _isMiddleReported;

    /// <summary>Looks at rows that were scored.</summary>
    /// <param name="rows">Scaled.</param>
    /// <param name="firstFilled">The index among their numbers of the first for which its middle stands; −1 for none.</param>
    /// <param name="outputs">Of the networks, row-major; as many rows.</param>
    /// <param name="position">Of the first row in its cursor.</param>
    public void Check(FeatureBatch<float> rows, int firstFilled, ReadOnlySpan<float> outputs, long position)
    {
        if (firstFilled >= 0 && Volatile.Read(ref _isMiddleReported) == 0)
            ReportMiddle(position + firstFilled / rows.NumberCount, firstFilled % rows.NumberCount);
        CheckOutputs(rows, outputs, position);
    }

    private void ReportMiddle(long position, int number)
    {
        if (Interlocked.Exchange(ref _isMiddleReported, 1) != 0)
            return;
        using IChannel channel = environment.Register(LogSource).Start("Scoring");
        channel.Warning(
            MessageSensitivity.UserData,
            $"Feature column '{features.Name}' has a missing value in row {position + 1:N0} "
                + $"({FeatureColumn.Describe(features, SlotOf(number), float.NaN)}), where no row of the training had "
                + "one. The predictions take the middle of that feature's values for it. Further rows like it are not reported.");
    }

    /// <summary>Looks for a row whose outputs are NaN.</summary>
    private void CheckOutputs(FeatureBatch<float> rows, ReadOnlySpan<float> outputs, long position)
    {
        if (Volatile.Read(ref _isReported) != 0)
            return;
        int index = 0;
        while (index < outputs.Length && !float.IsNaN(outputs[index]))
            index++;
        if (index == outputs.Length || Interlocked.Exchange(ref _isReported, 1) != 0)
            return;
        int row = index / (outputs.Length / rows.RowCount);
        using IChannel channel = environment.Register(LogSource).Start("Scoring");
        ReadOnlySpan<float> numbers = rows.Numbers.Slice(row * rows.NumberCount, rows.NumberCount);
        channel.Warning(MessageSensitivity.UserData, Describe(numbers, position + row));
    }

    private int SlotOf(int number) => model.Layout?.NumberSlots[number] ?? number;

    private string Describe(ReadOnlySpan<float> row, long position)
    {
        int number = Finite.IndexOfAnyExcept(row);
        string cause = number < 0 ? "" : $" ({FeatureColumn.Describe(features, SlotOf(number), row[number])})";
        return $"Feature column '{features.Name}' gives no prediction in row {position + 1:N0}{cause}: {predictions}. Replace missing "
            + "values (ReplaceMissingValues) before the features are put together. Further rows like it are not reported.";
    }
}
