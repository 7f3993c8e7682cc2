using System.Collections;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Models;

/// <summary>The training rows and the test rows of a table.</summary>
internal sealed class TableSplit
{
    private readonly BitArray _isTest;

    private TableSplit(
        IDataView train, IDataView test, float[] trainValues, LabelSummary trainLabels, TestLabels testLabels, BitArray isTest)
    {
        (Train, Test, TrainValues, TrainLabels, TestLabels, _isTest) = (train, test, trainValues, trainLabels, testLabels, isTest);
    }

    public IDataView Train { get; }

    public IDataView Test { get; }

    /// <summary>The labels of the training rows, in their order: class indices, or numbers.</summary>
    public IReadOnlyList<float> TrainValues { get; }

    public LabelSummary TrainLabels { get; }

    public TestLabels TestLabels { get; }

    /// <summary>Whether a row with a label, counted from 0, tests.</summary>
    public bool IsTest(int row) => _isTest[row];

    /// <summary>Reads the labels and the split column, if there is one, and divides the rows.</summary>
    /// <param name="data">Has the columns of the plan.</param>
    /// <param name="plan">Says how to divide.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    /// <exception cref="ToolException">One of the parts is empty or has one class only, or the split column says something else than train
    /// and test.</exception>
    public static TableSplit Create(IDataView data, PipelinePlan plan, CancellationToken cancellationToken)
    {
        var labels = new List<float>();
        var isTest = new List<bool>();
        ReadRows(data, plan, labels, isTest, cancellationToken);
        BitArray test = plan.Split.Column is not null ? new BitArray(isTest.ToArray())
            : plan.Split.TimeColumn is string time ? HoldOutLatest([.. data.GetColumn<float>(time)], plan.Split.TestFraction!.Value)
            : HoldOut(labels, plan);
        BitArray train = new BitArray(test).Not();
        float[] trainValues = [.. labels.Where((_, row) => train[row])];
        var trainLabels = LabelSummary.Of(trainValues, plan.Classes.Count);
        float[] testValues = [.. labels.Where((_, row) => test[row])];
        var testLabels = new TestLabels(testValues, LabelSummary.Of(testValues, plan.Classes.Count));
        if (testLabels.Summary.RowCount == 0 || trainLabels.RowCount == 0)
            throw NothingLeft(plan, labels.Count, trainLabels.RowCount);
        if (trainLabels.OnlyClass(plan.Classes) is string trained)
        {
            throw new ToolException(ExitCode.BadInput,
                $"All {trainLabels.RowCount:N0} training rows have the label '{trained}'; a classifier needs at least two classes to "
                    + "tell apart. Check what says which rows test, or how the table was cut.");
        }
        if (plan.Definition.HasPositiveClass && testLabels.Summary.OnlyClass(plan.Classes) is string tested)
        {
            string next = plan.Split.Column is null
                ? "Add rows of the other class, or give a larger part with --test" : "Check the split column, or use --test instead";
            throw new ToolException(ExitCode.BadInput,
                $"All {testLabels.Summary.RowCount:N0} test rows have the label '{tested}'; {ModelEvaluation.NeedsTwoClasses}. {next}.");
        }
        return new TableSplit(new RowSubset(data, train), new RowSubset(data, test), trainValues, trainLabels, testLabels, test);
    }

    /// <summary>The test rows: the same fraction of each class, drawn with the seed. The generated program does the same.</summary>
    private static BitArray HoldOut(List<float> labels, PipelinePlan plan)
    {
        var isTest = new BitArray(labels.Count);
        var random = new Random(plan.Split.Seed);
        bool hasClasses = plan.Classes.Count > 0;
        foreach (var group in Enumerable.Range(0, labels.Count).GroupBy(row => hasClasses ? labels[row] : 0))
        {
            int[] rows = [.. group];
            random.Shuffle(rows);
            foreach (int row in rows.Take(Math.Min((int)Math.Round(plan.Split.TestFraction!.Value * rows.Length), rows.Length - 1)))
                isTest[row] = true;
        }
        return isTest;
    }

    /// <summary>The test rows: those with the latest dates, of equal ones the later rows; rows without a date train. The generated program
    /// does the same.</summary>
    private static BitArray HoldOutLatest(float[] times, double fraction)
    {
        var isTest = new BitArray(times.Length);
        int count = Math.Min((int)Math.Round(fraction * times.Length), times.Length - 1);
        foreach (int row in Enumerable.Range(0, times.Length).OrderBy(row => times[row]).TakeLast(count))
            isTest[row] = true;
        return isTest;
    }

    private static void ReadRows(
        IDataView data, PipelinePlan plan, List<float> labels, List<bool> isTest, CancellationToken cancellationToken)
    {
        DataViewSchema.Column labelColumn = data.Schema[plan.Label.Name];
        DataViewSchema.Column? splitColumn = plan.Split.Column is string name ? data.Schema[name] : null;
        using DataViewRowCursor cursor = data.GetRowCursor(splitColumn is { } split ? [labelColumn, split] : [labelColumn]);
        Func<float> readLabel = LabelSummary.CreateReader(cursor, labelColumn, plan.Classes);
        ValueGetter<ReadOnlyMemory<char>>? readSplit = splitColumn is { } active ? cursor.GetGetter<ReadOnlyMemory<char>>(active) : null;
        ReadOnlyMemory<char> use = default;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            labels.Add(readLabel());
            if (readSplit is null)
                continue;
            readSplit(ref use);
            isTest.Add(use.Span.SequenceEqual(plan.Split.TestValue));
        }
    }

    private static ToolException NothingLeft(PipelinePlan plan, int rowCount, long trainCount)
    {
        string part = trainCount == 0 ? "training" : "test";
        string next = plan.Split.Column is string column
            ? $"Check the column '{column}', or leave --split-column out."
            : "Give more rows, or another fraction with --test.";
        return new ToolException(ExitCode.BadInput, $"Of {rowCount:N0} rows none is left as {part} row. {next}");
    }
}
