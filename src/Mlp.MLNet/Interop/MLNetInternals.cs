using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet.Interop;

/// <summary>
/// The internal members of ML.NET that a trainer needs, each with the reason. <see cref="InteropCheck"/> lists them by name.
/// </summary>
internal static class MLNetInternals
{
    private static readonly Lazy<bool> Checked = new(() =>
    {
        InteropCheck.Run();
        return true;
    });

    /// <summary>A catalog does not expose its context; a trainer needs its log, its random numbers and its cancellation.</summary>
    public static IHostEnvironment GetEnvironment(TrainCatalogBase.CatalogInstantiatorBase catalog)
    {
        _ = Checked.Value;
        return EnvironmentOf(catalog);
    }

    /// <summary>ITrainerEstimator asks for a TrainerInfo, whose constructor is internal.</summary>
    public static TrainerInfo CreateTrainerInfo(bool needsNormalization, bool wantsCaching) =>
        new(normalization: needsNormalization, caching: wantsCaching);

    /// <summary>IEstimator asks for the shape of the output schema, whose columns have an internal constructor.</summary>
    public static SchemaShape.Column CreateScalarColumn(
        string name, DataViewType type, bool isKey = false, SchemaShape? annotations = null) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, type, isKey, annotations);

    /// <inheritdoc cref="CreateScalarColumn"/>
    public static SchemaShape.Column CreateVectorColumn(string name, DataViewType itemType, SchemaShape? annotations = null) =>
        new(name, SchemaShape.Column.VectorKind.Vector, itemType, isKey: false, annotations);

    /// <summary>MLContext.CancelExecution has no other way to reach a training.</summary>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public static void CheckAlive(IHostEnvironment environment) => Contracts.CheckAlive(environment);

    // Compiled after the check: a method with a missing member in it cannot be compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase catalog) => CatalogUtils.GetEnvironment(catalog);
}
