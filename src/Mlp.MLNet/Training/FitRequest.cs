using Microsoft.ML;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>What one Fit was asked for, checked.</summary>
/// <param name="Data">Rows to train on.</param>
/// <param name="Validation">Null for none.</param>
/// <param name="Start">The model to begin with; null for none.</param>
/// <param name="Columns">Of the data.</param>
/// <param name="ValidationColumns">Null for none.</param>
/// <param name="WeightsOfClasses">Given ones; null where there are none, or the rows decide.</param>
/// <param name="Checkpoint">Claimed; null for none.</param>
/// <param name="Memory">Whether it fits.</param>
/// <param name="Log">Receives messages about the progress.</param>
internal sealed record FitRequest(
    IDataView Data, IDataView? Validation, MlpModelParameters? Start, TrainingColumns Columns, TrainingColumns? ValidationColumns,
    double[]? WeightsOfClasses, Checkpoint? Checkpoint, MemoryChecks Memory, TrainingLog Log)
{
    public bool HasValidation => Validation is not null;
}
