using System.Reflection;
using Microsoft.ML;

namespace Mlp.MLNet.Interop;

/// <summary>Finds out whether the ML.NET at hand still has the internal members that the files of this folder use (and, the attribute of
/// loaders, each transformer).</summary>
internal static class InteropCheck
{
    /// <summary>Every one of them, as in Microsoft.ML 5.0.0 and 5.0.1.</summary>
    public static IReadOnlyList<InternalMember> Members { get; } =
    [
        new("Microsoft.ML.Data.CatalogUtils", "GetEnvironment", "IInternalCatalog"),
        new("Microsoft.ML.TrainerInfo", ".ctor", "Boolean", "Boolean", "Boolean", "Boolean", "Boolean", "Boolean"),
        new("Microsoft.ML.SchemaShape+Column", ".ctor", "String", "VectorKind", "DataViewType", "Boolean", "SchemaShape"),
        new("Microsoft.ML.Runtime.Contracts", "CheckAlive", "IHostEnvironment"),
        new("Microsoft.ML.LoadableClassAttribute", ".ctor", "Type", "Type", "Type", "Type", "String", "String[]"),
        new("Microsoft.ML.SignatureLoadModel", ""),
        new("Microsoft.ML.ISingleFeaturePredictionTransformer", "FeatureColumnName", null),
        new("Microsoft.ML.IPredictor", "PredictionKind", null),
        new("Microsoft.ML.IDistPredictorProducing`2", ""),
        new("Microsoft.ML.Data.IValueMapper", "GetMapper", []),
        new("Microsoft.ML.Data.IValueMapperDist", "GetMapper", []),
        new("Microsoft.ML.Trainers.IFeatureContributionMapper", "GetFeatureContributionMapper", "Int32", "Int32", "Boolean"),
        new("Microsoft.ML.Trainers.FeatureContributionCalculator", ".ctor", "IFeatureContributionMapper"),
        new("Microsoft.ML.Data.BinaryPredictionTransformer`1", ".ctor", "IHostEnvironment", "TModel", "DataViewSchema", "String", "Single",
            "String"),
        new("Microsoft.ML.TrainCatalogBase+CrossValidationResult`1", ".ctor", "ITransformer", "T", "IDataView", "Int32"),
        new("Microsoft.ML.DataOperationsCatalog", ".ctor", "IHostEnvironment"),
        new("Microsoft.ML.Transforms.RangeFilter", ""),
        new("Microsoft.ML.Data.IDataTransform", "Source", null),
        new("Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx", ""),
        new("Microsoft.ML.Model.OnnxConverter.ICanSaveOnnx", "CanSaveOnnx", "OnnxContext"),
        new("Microsoft.ML.Model.OnnxConverter.ISaveAsOnnx", "SaveAsOnnx", "OnnxContext"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "CheckOpSetVersion", "Int32", "String"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "ContainsColumn", "String"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "GetNodeName", "String"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "GetVariableName", "String"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "AddIntermediateVariable", "DataViewType", "String", "Boolean"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "CreateNode", "String", "IEnumerable`1", "IEnumerable`1", "String", "String"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxContext", "AddInitializer", "IEnumerable`1", "IEnumerable`1", "String", "Boolean"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxNode", "AddAttribute", "String", "Double"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxNode", "AddAttribute", "String", "Int64"),
        new("Microsoft.ML.Model.OnnxConverter.OnnxNode", "AddAttribute", "String", "IEnumerable`1"),
        new("Microsoft.ML.VersionInfo", ".ctor", "String", "UInt32", "UInt32", "UInt32", "String", "String", "String"),
        new("Microsoft.ML.ModelSaveContext", "CheckAtModel", []),
        new("Microsoft.ML.ModelSaveContext", "SetVersionInfo", "VersionInfo"),
        new("Microsoft.ML.ModelSaveContext", "SaveNonEmptyString", "String"),
        new("Microsoft.ML.ModelSaveContext", "Writer", null),
        new("Microsoft.ML.ModelSaveContext", "SaveBinaryStream", "String", "Action`1"),
        new("Microsoft.ML.ModelLoadContext", "CheckAtModel", "VersionInfo"),
        new("Microsoft.ML.ModelLoadContext", "LoadNonEmptyString", []),
        new("Microsoft.ML.ModelLoadContext", "Reader", null),
        new("Microsoft.ML.ModelLoadContext", "TryLoadBinaryStream", "String", "Action`1"),
    ];

    /// <exception cref="NotSupportedException">A member is missing; the message names it and the version.</exception>
    public static void Run() => Run(typeof(ITransformer).Assembly, typeof(MLContext).Assembly);

    /// <summary>Looks for each member in both assemblies of ML.NET: Microsoft.ML.Core and Microsoft.ML.Data.</summary>
    internal static void Run(Assembly core, Assembly data)
    {
        InternalMember[] missing = [.. Members.Where(member => !member.IsIn(core) && !member.IsIn(data))];
        if (missing.Length == 0)
            return;
        throw new NotSupportedException(
            $"{core.GetName().Name} {VersionOf(core)} has no {string.Join(", no ", missing.AsEnumerable())}, which this version of "
                + "Mlp.MLNet uses. " +
            "Use a version of Microsoft.ML that it was tested with, or a newer Mlp.MLNet; if the program is trimmed, set TrimMode "
                + "to partial.");
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}";
}
