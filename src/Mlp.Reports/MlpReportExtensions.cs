using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.Reports;
using Mlp.Reports.Content;
using Mlp.Reports.Tasks;

namespace Microsoft.ML;

/// <summary>Reports of trained networks.</summary>
public static class MlpReportExtensions
{
    /// <summary>Creates the report of a trained network: its data, its training, how well it predicts and why.
    /// <see cref="ModelReport.Save"/> writes it as one HTML file.</summary>
    /// <param name="catalog"><see cref="MLContext.Model"/>.</param>
    /// <param name="model">A transformer that an Mlp trainer's Fit returned, or a chain with one, such as a fitted pipeline.</param>
    /// <param name="trainData">The data the model was fitted on; null leaves out what needs it.</param>
    /// <param name="testData">At least one row that the model was not fitted on, with labels.</param>
    /// <param name="labelColumnName">The trainer's label column, in the transformed data.</param>
    /// <param name="settings">Title, seed and so on. Names that are null are taken from the columns: features from slot names, classes from
    /// key values, groups from the slots of one-hot encodings. Null for the defaults. Each of the
    /// <see cref="MlpOptions.CategoricalColumnNames"/> is a column behind the features: <see cref="ReportSettings.FeatureNames"/> end with
    /// their names.</param>
    /// <remarks>
    /// Both data are read once. With many rows a random sample is used (<see cref="ReportRows.DefaultMaxRowCount"/>); the report says so.
    /// Rows without a label are counted and left out, and so are rows with missing features where the model does not take them.
    /// </remarks>
    /// <exception cref="ArgumentException">The model has no network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    /// <exception cref="InvalidOperationException">No test row is complete.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ReportSettings.CancellationToken"/> was canceled.</exception>
    /// <example><code>
    /// ml.Model.ReportMlp(model, split.TrainSet, split.TestSet).Save("report.html");
    /// </code></example>
    public static ModelReport ReportMlp(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView? trainData, IDataView testData,
        string labelColumnName = "Label", ReportSettings? settings = null) =>
        ReportMlp(catalog, model, trainData, testData, labelColumnName, settings, new Dictionary<string, string>());

    /// <summary>A report with the units of features.</summary>
    /// <param name="catalog">As above, and so are the others.</param>
    /// <param name="model">See above.</param>
    /// <param name="trainData">See above.</param>
    /// <param name="testData">See above.</param>
    /// <param name="labelColumnName">See above.</param>
    /// <param name="settings">See above.</param>
    /// <param name="units">Of some features, by their names: "kg" of "weight" makes it "weight (kg)" wherever the report names it.</param>
    internal static ModelReport ReportMlp(
        this ModelOperationsCatalog catalog, ITransformer model, IDataView? trainData, IDataView testData,
        string labelColumnName, ReportSettings? settings, IReadOnlyDictionary<string, string> units)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(testData);
        ArgumentNullException.ThrowIfNull(labelColumnName);
        settings ??= new ReportSettings();
        MlpTransformerBase network = TrainedModels.Find(model);
        var columns = ReportColumns.Find(model.Transform(testData), network, labelColumnName);
        ReportRows test = columns.Read(settings.Seed, settings.CancellationToken);
        if (test.RowCount == 0)
        {
            throw new InvalidOperationException(
                $"The test data has {test.TotalRowCount} rows, and none of them has all features and a label. Give it rows with both.");
        }
        ReportRows? train = trainData is null ? null
            : ReportColumns.Find(model.Transform(trainData), network, labelColumnName).Read(settings.Seed, settings.CancellationToken);
        return ModelReport.Create(network.Model.EngineModel, train, test, settings with
        {
            Task = KnownTasks.Of(network),
            Intervals = network.Model.Coverage.Intervals,
            Sets = network.Model.Coverage.Sets,
            Threshold = network is MlpBinaryTransformer binary ? 1 / (1 + Math.Exp(-binary.ScoreThreshold)) : settings.Threshold,
            LabelName = settings.LabelName == new ReportSettings().LabelName ? labelColumnName : settings.LabelName,
            FeatureNames = settings.FeatureNames
                ?? columns.FeatureNames()?.Select(name => units.TryGetValue(name, out string? unit) ? $"{name} ({unit})" : name).ToArray(),
            OutputNames = settings.OutputNames ?? columns.OutputNames(),
            FeatureGroups = settings.FeatureGroups ?? columns.FeatureGroups(),
            KeyNames = columns.KeyNames(),
        });
    }
}
