using Microsoft.ML;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>A model beside the guess, row by row: what is hard for both, blurs neither.</summary>
internal static class GuessComparison
{
    /// <summary>By how much the guess's loss of each row is above the model's, for both losses of the task.</summary>
    /// <param name="task">Of the model.</param>
    /// <param name="classes">Of the model; empty for numbers.</param>
    /// <param name="scored">The rows of <paramref name="test"/> with the model's predictions.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    /// <param name="test">The labels of the rows.</param>
    public static IReadOnlyList<PairedDifference> Of(
        ModelTask task, IReadOnlyList<string> classes, IDataView scored, LabelSummary train, TestLabels test)
    {
        var (first, second) = (new PairedDifference(), new PairedDifference());
        using DataViewRowCursor cursor = scored.GetRowCursor(PredictionReader.Sources(task, scored.Schema));
        var reader = new PredictionReader(task, classes, cursor);
        foreach (float label in test.Values)
        {
            if (!cursor.MoveNext())
                break;
            RowPrediction row = reader.Read();
            if (float.IsNaN(label) || row.Values.Any(float.IsNaN))
                continue;
            (double? one, double other) = task.GainOverGuess(label, row, train);
            if (one is double gain)
                first.Add(gain);
            second.Add(other);
        }
        return [first, second];
    }
}
