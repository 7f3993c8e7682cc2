using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Which features a model depends on: the change of its metrics when the values of one feature are permuted.</summary>
/// <remarks>The filter by weights has no effect: no model of this runtime has a weight for each feature.</remarks>
public static class PermutationFeatureImportanceExtensions
{
    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this BinaryClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class
        => Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount)
            .Measure(predictionTransformer, predictionTransformer.FeatureColumnName, data);

    /// <summary>By the names of the slots. It needs no probability, as the other one for two classes does not either.</summary>
    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceNonCalibrated(
        this BinaryClassificationCatalog catalog, ITransformer model, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        => MeasureByName(
            Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount), catalog.Environment, model, data);

    public static ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this MulticlassClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class
        => Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount)
            .Measure(predictionTransformer, predictionTransformer.FeatureColumnName, data);

    /// <summary>By the names of the slots.</summary>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
        this MulticlassClassificationCatalog catalog, ITransformer model, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        => MeasureByName(
            Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount), catalog.Environment, model, data);

    public static ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(
        this RegressionCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class
        => Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount)
            .Measure(predictionTransformer, predictionTransformer.FeatureColumnName, data);

    /// <summary>By the names of the slots.</summary>
    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
        this RegressionCatalog catalog, ITransformer model, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        => MeasureByName(
            Permutation(catalog, labelColumnName, numberOfExamplesToUse, permutationCount), catalog.Environment, model, data);

    private static FeaturePermutation<BinaryClassificationMetrics, BinaryClassificationMetricsStatistics> Permutation(
        BinaryClassificationCatalog catalog, string label, int? examples, int count)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.Environment, scores => catalog.EvaluateNonCalibrated(scores, label), () => new(), examples, count);
    }

    private static FeaturePermutation<MulticlassClassificationMetrics, MulticlassClassificationMetricsStatistics> Permutation(
        MulticlassClassificationCatalog catalog, string label, int? examples, int count)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.Environment, scores => catalog.Evaluate(scores, label), () => new(), examples, count);
    }

    private static FeaturePermutation<RegressionMetrics, RegressionMetricsStatistics> Permutation(
        RegressionCatalog catalog, string label, int? examples, int count)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.Environment, scores => catalog.Evaluate(scores, label), () => new(), examples, count);
    }

    private static ImmutableDictionary<string, TStatistics> MeasureByName<TMetrics, TStatistics>(
        FeaturePermutation<TMetrics, TStatistics> permutation, IHostEnvironment env, ITransformer model, IDataView data)
        where TStatistics : IMetricsStatistics<TMetrics>
    {
        env.CheckValue(data, nameof(data));
        env.CheckValue(model, nameof(model));
        ISingleFeaturePredictionTransformer predictor = LastPredictor(env, model);
        var measure = () => permutation.Measure(predictor, predictor.FeatureColumnName, data);

        // ML.NET calls it by reflection: what goes wrong inside arrives in a TargetInvocationException.
        var statistics = (ImmutableArray<TStatistics>)measure.DynamicInvoke()!;
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema[predictor.FeatureColumnName].GetSlotNames(ref names);
        var byName = new Dictionary<string, TStatistics>();
        for (int slot = 0; slot < statistics.Length; slot++)
        {
            var name = names.GetItemOrDefault(slot);
            byName.Add(name.IsEmpty ? $"Slot {slot}" : name.ToString(), statistics[slot]);
        }

        return byName.ToImmutableDictionary();
    }

    /// <summary>The model itself or, in a chain, the last member that predicts.</summary>
    private static ISingleFeaturePredictionTransformer LastPredictor(IHostEnvironment env, ITransformer model)
    {
        IEnumerable<ITransformer> members = model is ITransformerChain chain ? chain.Transformers.Reverse() : [model];
        var predictor = members.OfType<ISingleFeaturePredictionTransformer>().FirstOrDefault();
        if (predictor == null)
            throw env.ExceptValue("lastTransformer", "The model provided does not have a compatible predictor");
        Type type = predictor.GetType();
        if (!type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IPredictionTransformer<>)))
            throw new ArgumentException($"Type IPredictionTransformer not implemented by provided type, {type}", nameof(type));
        return predictor;
    }
}
