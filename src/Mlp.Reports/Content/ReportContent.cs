using System.Globalization;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Content;

/// <summary>What a report is about: the model, the rows and the names, checked and complete.</summary>
internal sealed class ReportContent
{
    public ReportContent(
        Model<double> model, IReadOnlyList<EpochResult> history, ReportRows? train, ReportRows? test, PredictionTask task,
        ReportSettings settings)
    {
        settings.Validate();
        (Model, History, Train, Test, Task, Settings) = (model, history, train, test, task, settings);
        CheckRows(train, "training");
        CheckRows(test, "test");
        CheckTargets((test ?? train)?.Targets.RowLength);
        FeatureNames = NamesOr(
            settings.FeatureNames, model.FeatureCount + KeyCounts.Length,
            index => index < model.FeatureCount ? $"feature {index + 1}" : $"key {index - model.FeatureCount + 1}",
            nameof(ReportSettings.FeatureNames));
        OutputNames = NamesOr(
            settings.OutputNames, ClassCount > 0 ? ClassCount : model.Network.OutputCount,
            index => (model.Network.OutputCount == 1 ? task.NameOfOnly(settings) : null) ?? index.ToString(CultureInfo.InvariantCulture),
            nameof(ReportSettings.OutputNames));
        Columns = ModelColumns.Create(model, FeatureNames, settings.FeatureGroups ?? []);
        Predictions = test is { RowCount: > 0 } ? TestPredictions.Compute(this, test) : null;
        Scored = Predictions is null ? null
            : new ScoredRows(task, Predictions, (train is { RowCount: > 0 } ? train : test!).Targets, OutputNames, settings.LabelName);
    }

    public Model<double> Model { get; }

    /// <summary>The results of the training's epochs; may be empty.</summary>
    public IReadOnlyList<EpochResult> History { get; }

    /// <summary>Null when none were given.</summary>
    public ReportRows? Train { get; }

    /// <summary>Null when none were given.</summary>
    public ReportRows? Test { get; }

    public ReportSettings Settings { get; }

    public PredictionTask Task { get; }

    /// <summary>One per feature, and behind them one per key column.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Values of each key column that the model reads beside the features.</summary>
    public int[] KeyCounts => Model.Layout?.KeyCounts ?? [];

    /// <summary>One per class (two for a binary task), label or number.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>The groups, and every other feature by itself.</summary>
    public IReadOnlyList<FeatureGroup> Columns { get; }

    /// <summary>Classes that exclude each other; 0 for other tasks.</summary>
    public int ClassCount => Task.CountClasses(Model.Network.OutputCount);

    /// <summary>The predictions of the test rows; null without any.</summary>
    public TestPredictions? Predictions { get; }

    /// <summary>These predictions as metrics and figures take them; null without any.</summary>
    public ScoredRows? Scored { get; }

    /// <summary>The class of a row: the only target, or the index of the largest.</summary>
    public static int ClassOf(ReadOnlySpan<double> targets)
    {
        if (targets.Length == 1)
            return (int)targets[0];
        int largest = 0;
        for (int index = 1; index < targets.Length; index++)
        {
            if (targets[index] > targets[largest])
                largest = index;
        }
        return largest;
    }

    /// <summary>Whether a column is a key beside the features: a value of a row, and no vector's slots.</summary>
    public bool IsKey(FeatureGroup column) => column.FirstFeature >= Model.FeatureCount;

    /// <summary>A value of a key column in words.</summary>
    /// <param name="column">The key column.</param>
    /// <param name="value">From 1; 0 for none that is known.</param>
    public string KeyName(FeatureGroup column, double value) =>
        value == 0 ? "missing or unknown"
        : Settings.KeyNames.ElementAtOrDefault(column.FirstFeature - Model.FeatureCount)?.Invoke((int)value) ?? Texts.Count(value);

    private static IReadOnlyList<string> NamesOr(IReadOnlyList<string>? names, int count, Func<int, string> name, string property)
    {
        if (names is not null && names.Count != count)
            throw new ArgumentException($"{property} has {names.Count} names; {count} are needed.", nameof(names));
        return names ?? [.. Enumerable.Range(0, count).Select(name)];
    }

    private void CheckRows(ReportRows? rows, string purpose)
    {
        if (rows is null)
            return;
        if (rows.Features.RowLength != Model.FeatureCount + KeyCounts.Length)
        {
            string keys = KeyCounts.Length == 0 ? "" : $" and {Texts.Plural(KeyCounts.Length, "key column")} behind them";
            throw new ArgumentException(
                $"The {purpose} rows have {rows.Features.RowLength} features, the model has {Model.FeatureCount}{keys}.", nameof(rows));
        }
        for (int row = 0; row < rows.RowCount && rows.KeepsMissing; row++)
            CheckMissing(rows.Features[row][..Model.FeatureCount], purpose, row);
        for (int row = 0; row < rows.RowCount && KeyCounts.Length > 0; row++)
            CheckKeys(rows.Features[row][Model.FeatureCount..], purpose, row);
    }

    private void CheckKeys(ReadOnlySpan<double> keys, string purpose, int row)
    {
        for (int key = 0; key < keys.Length; key++)
        {
            if (!(keys[key] >= 0 && keys[key] <= KeyCounts[key] && keys[key] == Math.Floor(keys[key])))
            {
                throw new ArgumentException(
                    $"Key column {key} is {keys[key]} in {purpose} row {row}; it must be a whole number from 0, for an unknown value, to "
                        + $"{KeyCounts[key]}.", nameof(keys));
            }
        }
    }

    private void CheckMissing(ReadOnlySpan<double> features, string purpose, int row)
    {
        for (int feature = 0; feature < features.Length; feature++)
        {
            if (double.IsNaN(features[feature]) && !Model.TakesMissing(feature))
            {
                throw new ArgumentException(
                    $"Feature {feature} is NaN in {purpose} row {row}, and the model does not take missing values there. Leave such rows "
                        + $"out: {nameof(ReportRows.KeepsMissing)} is for models that take them.", nameof(features));
            }
        }
    }

    private void CheckTargets(int? targetCount)
    {
        int outputCount = Model.Network.OutputCount;
        bool fits = targetCount is not int count || Task.TakesTargets(count, outputCount);
        if (!fits || (Train ?? Test)?.Targets.RowLength != (Test ?? Train)?.Targets.RowLength)
        {
            throw new ArgumentException(
                $"The rows have {Train?.Targets.RowLength ?? targetCount} and {targetCount} targets, the model has {outputCount} outputs. "
                + "Give every row one target per output, or its class.",
                nameof(targetCount));
        }
        Task.CheckOutputs(outputCount);
        foreach (ReportRows rows in ((ReportRows?[])[Train, Test]).OfType<ReportRows>())
        {
            for (int row = 0; row < rows.RowCount; row++)
                Task.CheckTargets(rows.Targets[row], ClassCount);
        }
    }
}
