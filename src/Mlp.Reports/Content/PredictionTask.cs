using Mlp.MLNet;
using Mlp.Reports.Content;
using Mlp.Reports.Metrics;
using Mlp.Reports.Writing;

namespace Mlp.Reports;

/// <summary>What a model predicts; each task is a class of its own, such as <c>BinaryTask</c>. A report has the metrics and figures of
/// its task.</summary>
public abstract class PredictionTask
{
    // The members below are all that tasks differ in. A virtual one is written for classes that exclude each other.
    private protected PredictionTask()
    {
    }

    /// <summary>Whether the outputs are numbers, not probabilities.</summary>
    internal virtual bool PredictsNumbers => false;

    /// <summary>What a score is, in words that complete a sentence.</summary>
    internal virtual string ScoreName => "the log-odds of the class or label, so 0 is even chances";

    /// <summary>Whether a transformer has this task.</summary>
    internal abstract bool IsTaskOf(MlpTransformerBase transformer);

    /// <summary>Whether a model without a transformer has this task. Exactly one task returns true for a model.</summary>
    /// <param name="link">Of the model.</param>
    /// <param name="outputCount">Of the model.</param>
    /// <param name="targetCount">Of a row; null without rows.</param>
    internal abstract bool IsTaskOf(OutputLink link, int outputCount, int? targetCount);

    /// <summary>Classes that exclude each other; 0 for other tasks.</summary>
    internal virtual int CountClasses(int outputCount) => 0;

    /// <summary>The index of an output's name among the names of classes, labels or numbers.</summary>
    internal virtual int NameIndexOf(int output) => output;

    /// <summary>The default name of a single output; null for its index.</summary>
    internal virtual string? NameOfOnly(ReportSettings settings) => null;

    /// <exception cref="ArgumentException">A model of this task has another number of outputs.</exception>
    internal virtual void CheckOutputs(int outputCount)
    {
    }

    /// <summary>Whether the rows of this task can have this number of targets.</summary>
    internal virtual bool TakesTargets(int targetCount, int outputCount) => targetCount == outputCount;

    /// <exception cref="ArgumentException">A target is not valid for the task.</exception>
    internal virtual void CheckTargets(ReadOnlySpan<double> targets, int classCount)
    {
        foreach (double target in targets)
        {
            if (target is not (0 or 1))
                throw new ArgumentException($"A target is {target}; for this task it must be 0 or 1.", nameof(targets));
        }
    }

    /// <summary>How wrong the prediction of each row is.</summary>
    /// <param name="predictions">The targets.</param>
    /// <param name="values">[rows x outputs], with the link applied.</param>
    internal abstract double[] RowLosses(TestPredictions predictions, double[] values);

    /// <summary>The mean loss of always predicting the same, without features; 0 when that is always right.</summary>
    internal virtual double LossWithoutFeatures(TestPredictions predictions) => predictions.Actual.CountBy(each => each).Sum(
        pair => -pair.Value * Math.Log(pair.Value / (double)predictions.RowCount)) / predictions.RowCount;

    /// <summary>The metrics, most important first.</summary>
    /// <param name="rows">At least one.</param>
    internal abstract IEnumerable<MetricDefinition> Metrics(ScoredRows rows);

    /// <summary>The loss in which importances are measured, from the mean of the losses of rows.</summary>
    internal virtual double ImportanceLoss(double meanLoss, int outputCount) => meanLoss;

    /// <summary>What an importance is, in words.</summary>
    internal virtual string ImportanceUnit(int outputCount) => "rise of the log-loss in nats";

    /// <summary>The output whose score is explained for a row.</summary>
    internal abstract int OutputToExplain(TestPredictions predictions, int row);

    /// <summary>What is true of a row and what was predicted, in words.</summary>
    internal virtual string OutcomeOf(ReportContent content, int row, int output)
    {
        TestPredictions predictions = content.Predictions!;
        (int actual, int predicted) = (predictions.Actual[row], predictions.Predicted[row]);
        string probability = Texts.Percent(predictions.Probability(row, predicted));
        return $"{content.OutputNames[actual]}, predicted {content.OutputNames[predicted]} with {probability}";
    }

    /// <summary>Whether one column alone determines the label.</summary>
    /// <param name="values">The column, one per row.</param>
    /// <param name="rows">The labels.</param>
    /// <returns>A warning in words; null for none.</returns>
    internal abstract string? FindLeak(double[] values, ReportRows rows);

    /// <summary>Whether one category alone determines the label.</summary>
    /// <param name="values">Its value, one per row.</param>
    /// <param name="rows">The labels.</param>
    /// <returns>A warning in words; null for none.</returns>
    internal abstract string? FindLeak(int[] values, ReportRows rows);

    /// <summary>A warning about the number of test rows of each class, as a sentence; null for none.</summary>
    internal virtual string? WarnOf(ReportContent content, int[] rowsOfClasses) => null;

    /// <summary>Whether predictions can be drawn over two features.</summary>
    internal virtual bool CanBeDrawn(int outputCount) => true;

    /// <summary>What the model does, in words: "Predicts the price".</summary>
    internal abstract string Describe(ReportContent content);

    /// <summary>Writes the tables and figures that show where the errors are.</summary>
    /// <param name="page">To write to; in a section.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="content">What the rows are of; null where there are the predictions alone.</param>
    internal abstract void WriteResults(ReportPage page, ScoredRows rows, ReportContent? content);
}
