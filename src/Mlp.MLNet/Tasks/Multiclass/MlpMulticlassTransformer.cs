using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.Multiclass;

// ml.Model.Load looks in the assembly that a file names for the class that says it loads such entries.
[assembly: LoadableClass(
    typeof(ITransformer), typeof(Mlp.MLNet.MlpMulticlassTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for several classes", Mlp.MLNet.MlpMulticlassTransformer.LoaderSignature)]

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

    internal MlpMulticlassTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, new MulticlassTask())
    {
    }

    internal override MlpMulticlassTransformer With(TransformerContent content) => new(Host, content);

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpMulticlassTransformer(env, TransformerFile.Load(new ModelEntryReader(ctx), new MulticlassTask()));
    }
}
