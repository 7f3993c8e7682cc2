using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>
/// Trains a multilayer perceptron that tells two classes apart: one output, the logit of the positive class, and binary cross-entropy.
/// </summary>
/// <remarks>
/// The label is <see cref="bool"/>, <see cref="float"/> with 0 and 1, or a key with 2 values, of which the second is the positive class.
/// Its probabilities need no calibrator: the loss is proper. Create it with
/// <see cref="MlpCatalogExtensions.Mlp(BinaryClassificationCatalog.BinaryClassificationTrainers, Options)"/>.
/// </remarks>
public sealed class MlpBinaryTrainer : MlpTrainerBase<MlpBinaryTransformer>
{
    internal MlpBinaryTrainer(IHostEnvironment environment, Options options)
        : base(environment, options)
    {
    }

    private protected override Loss Loss => Loss.BinaryCrossEntropy;

    private protected override int OutputCount => 1;

    private protected override IEnumerable<SchemaShape.Column> OutputColumnShapes => BinaryOutputColumns.Shapes;

    private protected override void CheckLabel(ColumnDescription label) => SchemaChecks.CheckBinaryLabel(label);

    private protected override LabelReader CreateLabelReader(DataViewRow row, DataViewSchema.Column label) => new BinaryLabelReader(row, label);

    private protected override void CheckTargets(TrainingRows rows, TrainingColumns columns)
    {
        ReadOnlySpan<float> targets = rows.Targets.Span;
        if (targets.ContainsAnyExcept(targets[0]))
            return;
        string only = BinaryLabelReader.NameOf(targets[0], columns.Label.Type);
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Label column '{columns.Label.Name}' is {only} in all {rows.RowCount:N0} rows; a binary classifier needs both classes. Check how the rows were filtered and split."));
    }

    private protected override MlpBinaryTransformer CreateTransformer(MlpModelParameters model, DataViewSchema.Column features) =>
        new(model, features.Name, features.Type is VectorDataViewType);

    /// <summary>The columns and hyper-parameters of a <see cref="MlpBinaryTrainer"/>.</summary>
    public sealed class Options : MlpOptions
    {
    }
}
