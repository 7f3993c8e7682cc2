using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet;

/// <summary>
/// Adds Score to every row, in the label's unit: Single, annotated as ML.NET's regression trainers annotate it; for a vector label a
/// vector of Single with the label's slot names.
/// </summary>
/// <remarks>
/// NaN features give NaN scores, and a warning in the log. For the metrics of a vector label see
/// <see cref="MlpEvaluationExtensions.EvaluateMultiTarget(RegressionCatalog, IDataView, string, string)"/>.
/// Saved by ml.Model.Save and loaded by ml.Model.Load in any program that has this assembly beside it. A damaged file ends the loading
/// with an exception whose innermost one is a <see cref="FormatException"/>, for the network a <see cref="ModelFileException"/>.
/// </remarks>
public sealed class MlpRegressionTransformer : MlpTransformerBase
{
    internal const string LoaderSignature = "MlpRegressionTransformer";
    private const string ModelSignature = "MLPREGRS";

    internal MlpRegressionTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, MlpTask.Regression)
    {
    }

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        TransformerContent content = TransformerFile.Load(ctx, outputCount: null, hasLabel: true, ModelSignature, LoaderSignature);
        if (!content.Label!.IsVector && content.Model.OutputCount != 1)
            throw TransformerFile.WrongOutputCount(content.Model.OutputCount, expected: 1);
        return new MlpRegressionTransformer(env, content);
    }

    private protected override void SaveTo(ModelSaveContext context) =>
        TransformerFile.Save(context, Content, ModelSignature, LoaderSignature);

    private protected override IReadOnlyList<OutputColumn> CreateOutputColumns(uint scoreColumnSetId) =>
        RegressionOutputColumns.Create(scoreColumnSetId, Model.OutputCount, Content.Label!);
}
