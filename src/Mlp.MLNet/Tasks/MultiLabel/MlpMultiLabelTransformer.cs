using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.MultiLabel;

// ml.Model.Load looks in the assembly that a file names for the class that says it loads such entries.
[assembly: LoadableClass(
    typeof(ITransformer), typeof(Mlp.MLNet.MlpMultiLabelTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for several labels", Mlp.MLNet.MlpMultiLabelTransformer.LoaderSignature)]

namespace Mlp.MLNet;

/// <summary>
/// Adds to every row PredictedLabel (vector of Boolean), Score (vector of Single: the logits) and Probability (vector of Single), one
/// slot per label, with the slot names of the label column.
/// </summary>
/// <remarks>
/// Probability is 1 / (1 + e^−Score); PredictedLabel is Score &gt; 0. NaN features give NaN, NaN and false, and a warning in the log. For
/// metrics see <see cref="MlpEvaluationExtensions.EvaluateMultiLabel(MulticlassClassificationCatalog, IDataView, string, string)"/>.
/// Saved by ml.Model.Save and loaded by ml.Model.Load in any program that has this assembly beside it. A damaged file ends the loading
/// with an exception whose innermost one is a <see cref="FormatException"/>, for the network a <see cref="ModelFileException"/>.
/// </remarks>
public sealed class MlpMultiLabelTransformer : MlpTransformerBase
{
    internal const string LoaderSignature = "MlpMultiLabelTransformer";

    internal MlpMultiLabelTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, new MultiLabelTask())
    {
    }

    internal override MlpMultiLabelTransformer With(TransformerContent content) => new(Host, content);

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpMultiLabelTransformer(env, TransformerFile.Load(new ModelEntryReader(ctx), new MultiLabelTask()));
    }
}
