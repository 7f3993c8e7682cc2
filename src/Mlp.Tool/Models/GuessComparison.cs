using Microsoft.ML;
using Mlp.Tables;

namespace Mlp.Tool.Models;

/// <summary>A model beside the guess, row by row: what is hard for both, blurs neither.</summary>
internal static class GuessComparison
{
    /// <summary>ML.NET's log-loss takes a smaller probability for this one.</summary>
    private const double LeastProbability = 1e-15;

    /// <summary>By how much the guess's loss of each row is above the model's, for each loss of the task: squared and absolute error, or
    /// log-loss in nats and wrong answers.</summary>
    /// <param name="task">Of the model.</param>
    /// <param name="classes">Of the model; empty for numbers.</param>
    /// <param name="scored">The rows of <paramref name="test"/> with the model's predictions.</param>
    /// <param name="train">The labels from which the guess is made.</param>
    /// <param name="test">The labels of the rows.</param>
    public static IReadOnlyList<PairedDifference> Of(
        TableTask task, IReadOnlyList<string> classes, IDataView scored, LabelSummary train, TestLabels test)
    {
        var (first, second) = (new PairedDifference(), new PairedDifference());
        using DataViewRowCursor cursor = scored.GetRowCursor(PredictionReader.Sources(task, scored.Schema));
        var reader = new PredictionReader(task, classes, cursor);
        int mostFrequent = train.Counts is null ? -1 : Guesses.MostFrequent(train);
        foreach (float label in test.Values)
        {
            if (!cursor.MoveNext())
                break;
            RowPrediction row = reader.Read();
            if (float.IsNaN(label) || row.Values.Any(float.IsNaN))
                continue;
            if (task == TableTask.Regression)
            {
                double error = label - row.Values[0], guessed = label - train.Mean!.Value;
                first.Add(guessed * guessed - error * error);
                second.Add(Math.Abs(label - train.Median!.Value) - Math.Abs(error));
                continue;
            }
            int index = (int)label;
            // Of a class that training did not see, the guess knows nothing.
            if (train.Counts![index] > 0)
                first.Add(LogLoss((double)train.Counts[index] / train.RowCount) - LogLoss(row.Values[index]));
            second.Add((index != mostFrequent ? 1 : 0) - (index != row.ClassIndex ? 1 : 0));
        }
        return [first, second];
    }

    private static double LogLoss(double probability) => -Math.Log(Math.Max(probability, LeastProbability));
}
