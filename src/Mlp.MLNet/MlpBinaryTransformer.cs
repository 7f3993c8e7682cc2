using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>
/// Adds to every row PredictedLabel (Boolean), Score (Single: the logit of the positive class) and Probability (Single: of the positive
/// class), annotated as ML.NET's calibrated binary classifiers annotate them.
/// </summary>
/// <remarks>
/// Probability is 1 / (1 + e^−Score); PredictedLabel is Score &gt; 0. NaN features give NaN, NaN and false, and a warning in the log.
/// Saved by ml.Model.Save and loaded by ml.Model.Load in any program that has this assembly beside it. A damaged file ends the loading
/// with an exception whose innermost one is a <see cref="FormatException"/>, for the network a <see cref="ModelFileException"/>.
/// </remarks>
public sealed class MlpBinaryTransformer : MlpTransformerBase
{
    internal const string LoaderSignature = "MlpBinaryTransformer";
    private const string ModelSignature = "MLPBINRY";

    internal MlpBinaryTransformer(TransformerContent content)
        : base(content, MlpTask.Binary)
    {
    }

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpBinaryTransformer(TransformerFile.Load(env, ctx, outputCount: 1, hasLabel: false, ModelSignature, LoaderSignature));
    }

    private protected override void SaveTo(ModelSaveContext context) =>
        TransformerFile.Save(context, Content, ModelSignature, LoaderSignature);

    private protected override IReadOnlyList<OutputColumn> CreateOutputColumns(uint scoreColumnSetId) =>
        BinaryOutputColumns.Create(scoreColumnSetId);
}
