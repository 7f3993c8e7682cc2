using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks.Binary;
using Mlp.Numerics;

// ml.Model.Load looks in the assembly that a file names for the class that says it loads such entries.
[assembly: LoadableClass(
    typeof(ITransformer), typeof(Mlp.MLNet.MlpBinaryTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for two classes", Mlp.MLNet.MlpBinaryTransformer.LoaderSignature)]

namespace Mlp.MLNet;

/// <summary>
/// Adds to every row PredictedLabel (Boolean), Score (Single: the logit of the positive class) and Probability (Single: of the positive
/// class), annotated as ML.NET's calibrated binary classifiers annotate them.
/// </summary>
/// <remarks>
/// Probability is 1 / (1 + e^−Score); PredictedLabel is Score &gt; <see cref="ScoreThreshold"/>. NaN features give NaN, NaN and false, and
/// a warning in the log. With <see cref="MlpBinaryTrainer.Options.PositiveClass"/>, PredictedLabel is a key with the values of the label
/// instead, and missing for NaN; Conversion.MapKeyToValue makes it the text again.
/// Saved by ml.Model.Save and loaded by ml.Model.Load in any program that has this assembly beside it. A damaged file ends the loading
/// with an exception whose innermost one is a <see cref="FormatException"/>, for the network a <see cref="ModelFileException"/>.
/// </remarks>
public sealed class MlpBinaryTransformer : MlpTransformerBase
{
    internal const string LoaderSignature = "MlpBinaryTransformer";

    internal MlpBinaryTransformer(IHostEnvironment environment, TransformerContent content)
        : base(environment, content, new BinaryTask())
    {
    }

    /// <summary>What Score must exceed for PredictedLabel to be the positive class; 0, which is a probability of 0.5, unless
    /// changed.</summary>
    public float ScoreThreshold => Content.Label.Decision.Threshold;

    /// <summary>A copy of the model with another threshold, which is saved, exported and reported with it.</summary>
    /// <param name="probability">A row whose Probability is larger is predicted to be of the positive class; in (0, 1). It is kept as the
    /// score with that probability, ln(p / (1 − p)).</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in (0, 1).</exception>
    public MlpBinaryTransformer WithThreshold(float probability)
    {
        RangeCheck.Require(
            probability is > 0 and < 1, probability,
            "in (0, 1). For a threshold of Score use ml.BinaryClassification.ChangeModelThreshold");
        return WithScoreThreshold((float)Math.Log(probability / (1.0 - probability)));
    }

    internal override MlpBinaryTransformer With(TransformerContent content) => new(Host, content);

    // Called by ML.NET, by name.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return new MlpBinaryTransformer(env, TransformerFile.Load(new ModelEntryReader(ctx), new BinaryTask()));
    }

    internal MlpBinaryTransformer WithScoreThreshold(float threshold) =>
        new(Host, Content with { Label = Content.Label with { Decision = Content.Label.Decision with { Threshold = threshold } } });
}
