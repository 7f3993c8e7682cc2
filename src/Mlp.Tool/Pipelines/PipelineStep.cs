using Microsoft.ML;
using Mlp.MLNet;
using Mlp.Tool.Tasks;

namespace Mlp.Tool.Pipelines;

/// <summary>One step of a pipeline as data: <see cref="ToEstimator"/> makes ML.NET's estimator of it, <see cref="ToCode"/> the C# that
/// makes the same.</summary>
internal abstract record PipelineStep
{
    /// <summary>The estimator.</summary>
    /// <param name="ml">Makes it.</param>
    /// <param name="observe">Sets further options of the trainer, which change no result; called by the step that trains.</param>
    public abstract IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe);

    /// <summary>This step as an expression of the variables <c>ml</c>, <c>options</c> and <c>classes</c>.</summary>
    public abstract string ToCode();

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(CSharp.Literal));

    private static string Pairs(IEnumerable<string> names) =>
        $"[{string.Join(", ", names.Select(name => $"new InputOutputColumnPair({CSharp.Literal(name)})"))}]";

    private static InputOutputColumnPair[] ToPairs(IEnumerable<string> names) => [.. names.Select(name => new InputOutputColumnPair(name))];

    /// <summary>Makes a one-hot vector of each category, marked as one for the trainer; all zeros for a missing value and for one that
    /// training did not see.</summary>
    /// <param name="Columns">Texts, in place.</param>
    public sealed record OneHot(IReadOnlyList<string> Columns) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.Categorical.OneHotEncoding(ToPairs(Columns));

        public override string ToCode() => $"ml.Transforms.Categorical.OneHotEncoding({Pairs(Columns)})";
    }

    /// <summary>Makes a vector of a text: which words and which three letters in a row it has.</summary>
    /// <param name="Column">Text, in place.</param>
    public sealed record Featurize(string Column) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.Text.FeaturizeText(Column);

        public override string ToCode() => $"ml.Transforms.Text.FeaturizeText({CSharp.Literal(Column)})";
    }

    /// <summary>Concatenates all inputs into the feature vector of the network.</summary>
    /// <param name="Columns">Numbers and vectors of numbers.</param>
    public sealed record Concatenate(IReadOnlyList<string> Columns) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.Concatenate("Features", [.. Columns]);

        public override string ToCode() => $"ml.Transforms.Concatenate(\"Features\", {Names(Columns)})";
    }

    /// <summary>Divides numbers by the largest of their column, which is what pixels need.</summary>
    /// <param name="Columns">Numbers, in place.</param>
    public sealed record DivideByLargest(IReadOnlyList<string> Columns) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.NormalizeMinMax(ToPairs(Columns));

        public override string ToCode() => $"ml.Transforms.NormalizeMinMax({Pairs(Columns)})";
    }

    /// <summary>Makes a key of the label: the order of the classes is that of <see cref="Classes"/>, for two classes the positive one
    /// last.</summary>
    /// <param name="Column">The label, in place.</param>
    /// <param name="Classes">All of them.</param>
    public sealed record MapLabel(string Column, IReadOnlyList<string> Classes) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.Conversion.MapValueToKey(
                Column, keyData: ml.Data.LoadFromEnumerable(Classes.Select(name => new LabelClassRow { Name = name })));

        public override string ToCode() => $"ml.Transforms.Conversion.MapValueToKey({CSharp.Literal(Column)}, keyData: classes)";
    }

    /// <summary>Trains the network.</summary>
    /// <param name="Plan">What to train, and how.</param>
    public sealed record TrainNetwork(TrainerPlan Plan) : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe)
        {
            MlpOptions options = Plan.ToOptions();
            observe(options);
            return Plan.Definition.CreateTrainer(ml, options);
        }

        public override string ToCode() => $"ml.{Plan.Definition.Catalog}.Trainers.Mlp(options)";
    }

    /// <summary>Maps the predicted key back to the name of its class.</summary>
    public sealed record NamePredictedClass : PipelineStep
    {
        public override IEstimator<ITransformer> ToEstimator(MLContext ml, Action<MlpOptions> observe) =>
            ml.Transforms.Conversion.MapKeyToValue(MLNetColumns.PredictedLabel);

        public override string ToCode() => "ml.Transforms.Conversion.MapKeyToValue(\"PredictedLabel\")";
    }

    private sealed class LabelClassRow
    {
        public string Name { get; set; } = "";
    }
}
