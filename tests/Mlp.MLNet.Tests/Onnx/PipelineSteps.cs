using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;
using static Microsoft.ML.Transforms.OneHotEncodingEstimator;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Ways to make the column Features of a <see cref="PipelineRow"/>, by the names that docs/onnx.md has for them.</summary>
internal static class PipelineSteps
{
    /// <summary>Those that become a graph for any number of rows.</summary>
    public static IReadOnlyDictionary<string, StepsToFeatures> Convertible { get; } =
        new Dictionary<string, StepsToFeatures>
        {
            ["a number"] = steps => steps.CopyColumns("Features", "Hours"),
            ["a vector"] = steps => steps.CopyColumns("Features", "Numbers"),
            ["a number with missing values"] = steps => steps.CopyColumns("Features", "Age"),
            ["a vector with missing values"] = steps => steps.CopyColumns("Features", "Readings"),
            ["a wide vector, mostly 0"] = steps => steps.CopyColumns("Features", "Wide"),
            ["OneHotEncoding, missing values and a wide vector, Concatenate"] = Mixed,
            ["a matrix of 2 x 3"] = steps => steps.CopyColumns("Features", "Matrix"),
            ["Concatenate of one number"] = steps => steps.Concatenate("Features", "Hours"),
            ["Concatenate of several columns"] = steps => steps.Concatenate("Features", "Hours", "Numbers"),
            ["OneHotEncoding"] = steps => steps.Categorical.OneHotEncoding("Features", "Colour"),
            ["OneHotEncoding, Concatenate"] = Colours,
            ["OneHotEncoding of two texts, a bag"] = steps => steps.Categorical.OneHotEncoding("Features", "Tags", OutputKind.Bag),
            ["OneHotEncoding of two texts, indicators"] = steps => steps.Categorical.OneHotEncoding("Features", "Tags"),
            ["OneHotEncoding of letters beyond ASCII"] = steps => steps.Categorical.OneHotEncoding("Features", "Place"),
            ["OneHotEncoding of empty texts"] = steps => steps.Categorical.OneHotEncoding("Features", "Nickname"),
            ["OneHotEncoding of an integer"] = steps => steps.Categorical.OneHotEncoding("Features", "Rooms"),
            ["OneHotHashEncoding"] = steps => steps.Categorical.OneHotHashEncoding("Features", "City", numberOfBits: 4),
            ["OneHotHashEncoding, Concatenate"] = Cities,
            ["OneHotHashEncoding of an integer"] = steps => steps.Categorical.OneHotHashEncoding("Features", "Rooms", numberOfBits: 4),
            ["MapValueToKey, MapKeyToVector"] = steps => steps.Conversion.MapValueToKey("Key", "Colour")
                .Append(steps.Conversion.MapKeyToVector("Features", "Key")),
            ["MapValueToKey, MapKeyToVector of two texts, counted"] = steps => steps.Conversion.MapValueToKey("Key", "Tags")
                .Append(steps.Conversion.MapKeyToVector("Features", "Key", outputCountVector: true)),
            ["ReplaceMissingValues"] = steps => steps.ReplaceMissingValues("Features", "Readings", ReplacementMode.Mean),
            ["ReplaceMissingValues of a number"] = steps => steps.ReplaceMissingValues("Features", "Age", ReplacementMode.Mean),
            ["IndicateMissingValues, ReplaceMissingValues, Concatenate"] = Missing,
            ["NormalizeMinMax"] = steps => steps.NormalizeMinMax("Features", "Numbers"),
            ["NormalizeMeanVariance"] = steps => steps.NormalizeMeanVariance("Features", "Numbers", fixZero: false),
            ["NormalizeRobustScaling"] = steps => steps.NormalizeRobustScaling("Features", "Numbers"),
            ["NormalizeLpNorm"] = steps => steps.NormalizeLpNorm("Features", "Numbers"),
            ["NormalizeGlobalContrast"] = steps => steps.NormalizeGlobalContrast("Features", "Numbers"),
            ["ProjectToPrincipalComponents"] = steps => steps.ProjectToPrincipalComponents("Features", "Numbers", rank: 2),
            ["ConvertType, MapValue, Concatenate"] = steps => steps.Conversion.ConvertType("RoomNumber", "Rooms")
                .Append(steps.Conversion.ConvertType("Garden", "HasGarden"))
                .Append(steps.Conversion.MapValue("Shade", Shades, "Colour"))
                .Append(steps.Concatenate("Features", "RoomNumber", "Garden", "Shade")),
            ["Concatenate, DropColumns"] = steps => steps.Concatenate("Features", "Hours", "Numbers")
                .Append(steps.DropColumns("Hours", "Numbers")),
            ["all kinds of columns"] = Everything,
        };

    /// <summary>Those whose graph, as ML.NET's converter writes it, is right for a single row and wrong for several.</summary>
    public static IReadOnlyDictionary<string, StepsToFeatures> RowByRow { get; } =
        new Dictionary<string, StepsToFeatures>
        {
            ["ProduceWordBags"] = steps => steps.Text.ProduceWordBags("Features", "Text"),
            ["TokenizeIntoWords, MapValueToKey, ProduceNgrams"] = steps => steps.Text.TokenizeIntoWords("Words", "Text")
                .Append(steps.Conversion.MapValueToKey("Words")).Append(steps.Text.ProduceNgrams("Features", "Words")),
            ["SelectFeaturesBasedOnMutualInformation"] = steps =>
                steps.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Features", "Numbers", "Price", slotsInOutput: 2),
        };

    /// <summary>Those that ML.NET cannot convert, with what the message says.</summary>
    public static IReadOnlyDictionary<string, (StepsToFeatures Steps, string Message)> Unconvertible { get; } =
        new Dictionary<string, (StepsToFeatures, string)>
        {
            ["ProduceHashedWordBags"] = (
                steps => steps.Text.ProduceHashedWordBags("Features", "Text", numberOfBits: 4),
                "Column 'Features', computed from 'Text', has no ONNX form in ML.NET, and the network reads it. "),
            ["ProduceHashedWordBags, Concatenate"] = (
                steps => steps.Text.ProduceHashedWordBags("Bag", "Text", numberOfBits: 4)
                    .Append(steps.Concatenate("Features", "Bag", "Hours")),
                "Column 'Bag', computed from 'Text', has no ONNX form in ML.NET, and feature column 'Features' needs it. "),
            ["FeaturizeText"] = (
                steps => steps.Text.FeaturizeText("Features", "Text"),
                "Column 'Text_TextNormalizer', computed from 'Text', has no ONNX form in ML.NET, and feature column 'Features' needs it. "),
            ["OneHotEncoding, binary"] = (
                steps => steps.Categorical.OneHotEncoding("Features", "Colour", OutputKind.Binary),
                "Column 'Features', computed from 'Colour', has no ONNX form in ML.NET, and the network reads it. "),
            ["OneHotHashEncoding of several texts"] = (
                steps => steps.Categorical.OneHotHashEncoding("Slots", "Tags", numberOfBits: 4)
                    .Append(steps.Concatenate("Features", "Slots", "Hours")),
                "Column 'Slots', computed from 'Tags', has no ONNX form in ML.NET, and feature column 'Features' needs it. "),
            ["NormalizeBinning"] = (
                steps => steps.NormalizeBinning("Features", "Numbers"),
                "Column 'Features', computed from 'Numbers', has no ONNX form in ML.NET, and the network reads it. "),
            ["NormalizeSupervisedBinning in place, NormalizeLpNorm"] = (
                steps => steps.NormalizeSupervisedBinning("Numbers", labelColumnName: "IsPositive")
                    .Append(steps.NormalizeLpNorm("Features", "Numbers")),
                "Column 'Numbers' has no ONNX form in ML.NET, and feature column 'Features' needs it. "),
            ["NormalizeLogMeanVariance"] = (
                steps => steps.NormalizeLogMeanVariance("Features", "Numbers"),
                "Column 'Features', computed from 'Numbers', has no ONNX form in ML.NET, and the network reads it. "),
            ["ApproximatedKernelMap"] = (
                steps => steps.ApproximatedKernelMap("Features", "Numbers", rank: 4),
                "Column 'Features', computed from 'Numbers', has no ONNX form in ML.NET, and the network reads it. "),
            ["Expression, Concatenate"] = (
                steps => steps.Expression("Product", "(x, y) => x * y", "Hours", "Price")
                    .Append(steps.Concatenate("Features", "Product", "Hours")),
                "Column 'Product', computed from 'Hours', 'Price', has no ONNX form in ML.NET, and feature column 'Features' needs it. "),
            ["CustomMapping"] = (
                steps => steps.CustomMapping<PipelineInput, PipelineProduct>(
                    (row, product) => product.Features = row.Hours * row.Price, contractName: null),
                "Column 'Features', computed from 'Hours', 'Price', has no ONNX form in ML.NET, and the network reads it. "),
        };

    /// <summary>The pipelines that all tasks go through.</summary>
    public static IReadOnlyList<string> OfAllTasks { get; } =
    [
        "OneHotEncoding", "OneHotHashEncoding, Concatenate", "IndicateMissingValues, ReplaceMissingValues, Concatenate",
            "all kinds of columns", "OneHotEncoding, missing values and a wide vector, Concatenate",
    ];

    private static Dictionary<string, float> Shades => new() { ["red"] = 1, ["green"] = 2, ["blue"] = 4 };

    private static EstimatorChain<ColumnConcatenatingTransformer> Colours(TransformsCatalog steps) =>
        steps.Categorical.OneHotEncoding("OneHot", "Colour").Append(steps.Concatenate("Features", "OneHot", "Hours"));

    private static EstimatorChain<ColumnConcatenatingTransformer> Cities(TransformsCatalog steps) =>
        steps.Categorical.OneHotHashEncoding("OneHot", "City", numberOfBits: 4).Append(steps.Concatenate("Features", "OneHot", "Hours"));

    private static EstimatorChain<ColumnConcatenatingTransformer> Mixed(TransformsCatalog steps) =>
        steps.Categorical.OneHotEncoding("OneHot", "Colour")
            .Append(steps.Concatenate("Features", "Hours", "OneHot", "Readings", "Wide", "Age"));

    private static EstimatorChain<ColumnConcatenatingTransformer> Missing(TransformsCatalog steps) =>
        steps.IndicateMissingValues("IsMissing", "Readings")
        .Append(steps.Conversion.ConvertType("IsMissing")).Append(steps.ReplaceMissingValues("Readings"))
        .Append(steps.Concatenate("Features", "IsMissing", "Readings"));

    private static EstimatorChain<ColumnConcatenatingTransformer> Everything(TransformsCatalog steps) =>
        steps.Categorical.OneHotEncoding("ColourSlots", "Colour")
            .Append(steps.Categorical.OneHotHashEncoding("CitySlots", "City", numberOfBits: 4))
            .Append(steps.IndicateMissingValues("AgeIsMissing", "Age")).Append(steps.Conversion.ConvertType("AgeIsMissing"))
            .Append(steps.ReplaceMissingValues("Age", replacementMode: ReplacementMode.Mean))
            .Append(steps.NormalizeMinMax("Numbers"))
            .Append(steps.Concatenate("Features", "ColourSlots", "CitySlots", "AgeIsMissing", "Age", "Numbers", "Hours"));

    private sealed class PipelineInput
    {
        public float Hours { get; set; }

        public float Price { get; set; }
    }

    private sealed class PipelineProduct
    {
        public float Features { get; set; }
    }
}
