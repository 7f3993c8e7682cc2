using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.Regression;

// ml.Model.Load looks in the assembly that a file names for the class that says it loads such entries.
[assembly: LoadableClass(
    typeof(ITransformer), typeof(Mlp.MLNet.MlpRegressionTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for regression", Mlp.MLNet.MlpRegressionTransformer.LoaderSignature)]

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

    internal MlpRegressionTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, new RegressionTask())
    {
    }

    internal override MlpRegressionTransformer With(TransformerContent content) => new(Host, content);

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpRegressionTransformer(env, TransformerFile.Load(new ModelEntryReader(ctx), new RegressionTask()));
    }
}
