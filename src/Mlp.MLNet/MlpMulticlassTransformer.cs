using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>
/// Adds to every row PredictedLabel (key: the class, with the key values of the label) and Score (vector of Single: one number per class,
/// in the order of the key values), annotated as ML.NET's multiclass classifiers annotate them.
/// </summary>
/// <remarks>
/// Score holds the probabilities of the classes. With a loss that treats each class by itself, such as
/// <see cref="Loss.BinaryCrossEntropy"/>, each is a probability of its own and they need not add up to 1. PredictedLabel is the class of
/// the largest score, the first among equals. NaN features give NaN scores and a missing key, and a warning in the log.
/// Saved by ml.Model.Save and loaded by ml.Model.Load in any program that has this assembly beside it. A damaged file ends the loading
/// with an exception whose innermost one is a <see cref="FormatException"/>, for the network a <see cref="ModelFileException"/>.
/// </remarks>
public sealed class MlpMulticlassTransformer : MlpTransformerBase
{
    internal const string LoaderSignature = "MlpMulticlassTransformer";
    private const string ModelSignature = "MLPMULTI";

    internal MlpMulticlassTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, MlpTask.Multiclass)
    {
    }

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpMulticlassTransformer(env, TransformerFile.Load(ctx, outputCount: null, hasLabel: true, ModelSignature, LoaderSignature));
    }

    private protected override void SaveTo(ModelSaveContext context) =>
        TransformerFile.Save(context, Content, ModelSignature, LoaderSignature);

    private protected override IReadOnlyList<OutputColumn> CreateOutputColumns(uint scoreColumnSetId) =>
        MulticlassOutputColumns.Create(scoreColumnSetId, Model.OutputCount, Content.Label!.Values);
}
