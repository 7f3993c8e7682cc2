using System.Collections.Immutable;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Evaluation;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.MultiLabel;
using Mlp.MLNet.Tasks.Regression;
using Mlp.Numerics;

namespace Microsoft.ML;

/// <summary>Permutation importance for the tasks that ML.NET has no metrics for, beside its PermutationFeatureImportance.</summary>
/// <remarks>
/// Of each feature the values are permuted among the rows, and the rows are predicted and evaluated again: what that changes in the metrics
/// is what the feature is worth to the model. Use rows that the model was not fitted on. The permutations are the same in every call.
/// A category that the model learnt as an embedding (<see cref="CategoricalEmbedding"/>) is permuted as one. ML.NET's own
/// PermutationFeatureImportance permutes its slots one by one, and a row that then has two values of a category, or none, counts as one
/// with an unknown value: its results for such slots say little. Of the columns that <see cref="MlpOptions.CategoricalColumnNames"/> names
/// it says nothing: every row keeps its keys. Here each of them is permuted as one; for models of a single label the importances of a
/// report (Mlp.Reports) have them.
/// </remarks>
public static class MlpImportanceExtensions
{
    private const int Seed = 1;

    /// <summary>What each slot of the feature column is worth to a model of several targets, and each key column beside it.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="predictionTransformer">What the trainer's Fit returned.</param>
    /// <param name="data">Has the feature column and the label.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="float"/> of known size. A row with one that is NaN or infinite is
    /// left out.</param>
    /// <param name="useFeatureWeightFilter">Not used: a network has no weight for each feature that could be 0.</param>
    /// <param name="numberOfExamplesToUse">Rows that are looked at, from the first; null for all.</param>
    /// <param name="permutationCount">Permutations of each feature, at least 1.</param>
    /// <returns>One element a slot, and behind these one a column of <see cref="MlpOptions.CategoricalColumnNames"/>. The slots of a
    /// category have that of the whole category; slots that were 0 in all rows of the training have 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a count is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public static ImmutableArray<MultiTargetRegressionMetricsStatistics> PermutationFeatureImportanceMultiTarget(
        this RegressionCatalog catalog, MlpRegressionTransformer predictionTransformer, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        return BySlot(
            predictionTransformer,
            OfTargets(predictionTransformer, predictionTransformer, data, labelColumnName, numberOfExamplesToUse, permutationCount));
    }

    /// <summary>What each feature is worth to a model of several targets, by the names of the feature column's slots.</summary>
    /// <param name="catalog"><see cref="MLContext.Regression"/>.</param>
    /// <param name="model">A fitted pipeline with a network of Mlp.</param>
    /// <param name="data">What the pipeline takes, with the label.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="float"/> of known size. A row with one that is NaN or infinite is
    /// left out.</param>
    /// <param name="useFeatureWeightFilter">Not used: a network has no weight for each feature that could be 0.</param>
    /// <param name="numberOfExamplesToUse">Rows that are looked at, from the first; null for all.</param>
    /// <param name="permutationCount">Permutations of each feature, at least 1.</param>
    /// <returns>One value a slot, by its name; "Slot 3" where it has none. One for a category, by what the names of its slots have in
    /// common before a dot, such as "Colour" of "Colour.red" and "Colour.blue"; "first to last" where they have nothing. One for each of
    /// the <see cref="MlpOptions.CategoricalColumnNames"/>, by its name, "Town (key)" where a slot or category is called Town,
    /// too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a count is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public static ImmutableDictionary<string, MultiTargetRegressionMetricsStatistics> PermutationFeatureImportanceMultiTarget(
        this RegressionCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        MlpTransformerBase network = TrainedModels.Find(model);
        return ByName(network, OfTargets(network, model, data, labelColumnName, numberOfExamplesToUse, permutationCount));
    }

    /// <summary>What each slot of the feature column is worth to a model of labels that do not exclude each other, and each key column
    /// beside it.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="predictionTransformer">What the trainer's Fit returned.</param>
    /// <param name="data">Has the feature column and the label.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="bool"/> of known size.</param>
    /// <param name="useFeatureWeightFilter">Not used: a network has no weight for each feature that could be 0.</param>
    /// <param name="numberOfExamplesToUse">Rows that are looked at, from the first; null for all.</param>
    /// <param name="permutationCount">Permutations of each feature, at least 1.</param>
    /// <returns>One element a slot, and behind these one a column of <see cref="MlpOptions.CategoricalColumnNames"/>. The slots of a
    /// category have that of the whole category; slots that were 0 in all rows of the training have 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a count is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public static ImmutableArray<MultiLabelMetricsStatistics> PermutationFeatureImportanceMultiLabel(
        this MulticlassClassificationCatalog catalog, MlpMultiLabelTransformer predictionTransformer, IDataView data,
            string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        return BySlot(
            predictionTransformer,
            OfLabels(predictionTransformer, predictionTransformer, data, labelColumnName, numberOfExamplesToUse, permutationCount));
    }

    /// <summary>What each feature is worth to a model of labels that do not exclude each other, by the names of the feature column's
    /// slots.</summary>
    /// <param name="catalog"><see cref="MLContext.MulticlassClassification"/>.</param>
    /// <param name="model">A fitted pipeline with a network of Mlp.</param>
    /// <param name="data">What the pipeline takes, with the label.</param>
    /// <param name="labelColumnName">The truth: vector of <see cref="bool"/> of known size.</param>
    /// <param name="useFeatureWeightFilter">Not used: a network has no weight for each feature that could be 0.</param>
    /// <param name="numberOfExamplesToUse">Rows that are looked at, from the first; null for all.</param>
    /// <param name="permutationCount">Permutations of each feature, at least 1.</param>
    /// <returns>One value a slot, by its name; "Slot 3" where it has none. One for a category, by what the names of its slots have in
    /// common before a dot, such as "Colour" of "Colour.red" and "Colour.blue"; "first to last" where they have nothing. One for each of
    /// the <see cref="MlpOptions.CategoricalColumnNames"/>, by its name, "Town (key)" where a slot or category is called Town,
    /// too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a count is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public static ImmutableDictionary<string, MultiLabelMetricsStatistics> PermutationFeatureImportanceMultiLabel(
        this MulticlassClassificationCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        MlpTransformerBase network = TrainedModels.Find(model);
        return ByName(network, OfLabels(network, model, data, labelColumnName, numberOfExamplesToUse, permutationCount));
    }

    private static IEnumerable<MultiTargetRegressionMetricsStatistics> OfTargets(
        MlpTransformerBase network, ITransformer model, IDataView data, string labelColumnName, int? rowCount, int permutationCount)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check(rowCount, permutationCount);
        IDataView transformed = model.Transform(data);
        (DataViewSchema.Column label, DataViewSchema.Column score) = VectorPairs.Find(
            transformed.Schema, NumberDataViewType.Single, labelColumnName, "Score");
        string[] names = VectorPairs.NamesOf(label, score);
        var rows = new PermutedRows<float>(network, transformed, label, rowCount);
        MultiTargetRegressionMetrics before = rows.Evaluate(Evaluate);
        IEnumerable<MultiTargetRegressionMetrics[]> permuted = rows.Permute(permutationCount, new Random(Seed), before, Evaluate);
        return permuted.Select(after => new MultiTargetRegressionMetricsStatistics(
            Change(after, before, metrics => metrics.MeanRSquared),
            Change(after, before, metrics => metrics.MeanRootMeanSquaredError),
            Change(after, before, metrics => metrics.MeanAbsoluteError)));

        MultiTargetRegressionMetrics Evaluate(IEnumerable<(float[] Labels, float[] Predictions)> all)
        {
            var evaluation = new MultiTargetEvaluation(names);
            foreach ((float[] labels, float[] predictions) in all)
                evaluation.Add(labels, predictions);
            return evaluation.ToMetrics();
        }
    }

    private static IEnumerable<MultiLabelMetricsStatistics> OfLabels(
        MlpTransformerBase network, ITransformer model, IDataView data, string labelColumnName, int? rowCount, int permutationCount)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check(rowCount, permutationCount);
        IDataView transformed = model.Transform(data);
        (DataViewSchema.Column label, DataViewSchema.Column predicted) =
            VectorPairs.Find(transformed.Schema, BooleanDataViewType.Instance, labelColumnName, "PredictedLabel");
        string[] names = VectorPairs.NamesOf(label, predicted);
        var rows = new PermutedRows<bool>(network, transformed, label, rowCount);
        MultiLabelMetrics before = rows.Evaluate(Evaluate);
        IEnumerable<MultiLabelMetrics[]> permuted = rows.Permute(permutationCount, new Random(Seed), before, Evaluate);
        return permuted.Select(after => new MultiLabelMetricsStatistics(
            Change(after, before, metrics => metrics.MicroF1Score),
            Change(after, before, metrics => metrics.MacroF1Score),
            Change(after, before, metrics => metrics.HammingLoss),
            Change(after, before, metrics => metrics.SubsetAccuracy)));

        MultiLabelMetrics Evaluate(IEnumerable<(bool[] Labels, float[] Predictions)> all)
        {
            var evaluation = new MultiLabelEvaluation(names);
            foreach ((bool[] labels, float[] predictions) in all)
                evaluation.Add(labels, [.. predictions.Select(probability => probability > 0.5f)]);
            return evaluation.ToMetrics();
        }
    }

    private static MetricChange Change<TMetrics>(TMetrics[] after, TMetrics before, Func<TMetrics, double> metric) =>
        MetricChange.Of([.. after.Select(metrics => metric(metrics) - metric(before))]);

    private static ImmutableArray<TStatistics> BySlot<TStatistics>(MlpTransformerBase network, IEnumerable<TStatistics> features) =>
    [
        .. PermutedFeature.Of(network.Model.EngineModel).Zip(features)
            .SelectMany(pair => Enumerable.Repeat(pair.Second, pair.First.SlotCount)),
    ];

    private static ImmutableDictionary<string, TStatistics> ByName<TStatistics>(
        MlpTransformerBase network, IEnumerable<TStatistics> features)
    {
        string[]? names = network.Model.Features?.SlotNames;
        IReadOnlyList<string> keyNames = network.CategoricalColumnNames;
        return PermutedFeature.Of(network.Model.EngineModel).Zip(features).ToImmutableDictionary(
            pair => pair.First.NameIn(names, network.Model.InputCount, keyNames), pair => pair.Second);
    }

    private static void Check(int? rowCount, int permutationCount)
    {
        RangeCheck.Require(rowCount is null or >= 1, rowCount, "at least 1, or null for all rows", "numberOfExamplesToUse");
        RangeCheck.AtLeast(1, permutationCount);
    }
}
