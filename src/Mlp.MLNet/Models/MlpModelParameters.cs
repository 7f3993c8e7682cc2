using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Explanations;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Models;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Scoring;
using Mlp.MLNet.Tasks;

[assembly: LoadableClass(
    typeof(Mlp.MLNet.MlpModelParameters), typeof(Mlp.MLNet.MlpModelParameters), null, typeof(SignatureLoadModel),
    "Multilayer perceptron without a transformer", Mlp.MLNet.MlpModelParameters.LoaderSignature)]

namespace Mlp.MLNet;

/// <summary>A trained network, or several whose predictions are averaged, read-only, with the scaling of their features and the history of
/// their training.</summary>
public sealed class MlpModelParameters : IPredictorParameters
{
    internal const string LoaderSignature = "MlpModelParameters";

    private string? _fingerprint;

    internal MlpModelParameters(Model<float> model)
        : this(
            model, TaskDefinition.Of(model), new LabelContent(model.Network.OutputCount > 1, Values: null), features: null,
            categories: [], [.. model.Networks.Select(network => new MlpNetwork(network))])
    {
    }

    private MlpModelParameters(
        Model<float> model, TaskDefinition task, LabelContent label, FeatureAnnotations? features, IReadOnlyList<CategoryValues> categories,
        IReadOnlyList<MlpNetwork> networks) =>
        (EngineModel, Task, Label, Features, Categories, Networks) = (model, task, label, features, categories, networks);

    /// <summary>Number of features the network takes.</summary>
    public int InputCount => EngineModel.FeatureCount;

    /// <summary>Number of values the network gives.</summary>
    public int OutputCount => EngineModel.Network.OutputCount;

    /// <summary>The networks, all of the same shape; at least one.</summary>
    public IReadOnlyList<MlpNetwork> Networks { get; }

    /// <summary>The layers of the first network, first hidden layer first; the last one gives the outputs. A linear model has
    /// one.</summary>
    public IReadOnlyList<MlpLayer> Layers => Networks[0].Layers;

    /// <inheritdoc cref="Model{T}.Temperature"/>
    public double Temperature => EngineModel.Temperature;

    /// <inheritdoc cref="Model{T}.Range"/>
    public TargetRange<float>? ScoreRange => EngineModel.Range;

    /// <summary>What is done to features before they enter the first layer; null for nothing.</summary>
    public FeatureScaling<float>? FeatureScaling => EngineModel.Scaling;

    /// <summary>What turns the outputs of the last layer into predictions.</summary>
    public OutputLink Link => EngineModel.Link;

    /// <summary>One result per epoch, training after training: those of the networks that held rows out, and with a refit then those of
    /// the networks on all rows.</summary>
    public IReadOnlyList<EpochResult> History => EngineModel.History;

    /// <summary>
    /// SHA-256, in 64 hexadecimal digits, of everything that scores come from: networks, scaling, link, temperature and range. Two
    /// trainings with the same rows, options and seed share it, and a saved model keeps it; their zips differ in the
    /// <see cref="History"/>, which has seconds in it. Names of columns, classes and labels are not part of it.
    /// </summary>
    public string Fingerprint => _fingerprint ??= EngineModel.Fingerprint;

    /// <summary>What all of this is read from: the engine's own model.</summary>
    internal Model<float> EngineModel { get; }

    /// <summary>What was learnt; without a trainer, what the network can be taken for.</summary>
    internal TaskDefinition Task { get; }

    /// <summary>The label it was trained on.</summary>
    internal LabelContent Label { get; }

    /// <summary>What the features were in training; null when nothing is known.</summary>
    internal FeatureAnnotations? Features { get; }

    /// <summary>Intervals or sets of the transformer.</summary>
    internal Coverage Coverage { get; private init; } = Coverage.None;

    /// <summary>The key columns that it reads beside the features; empty, too, when nothing is known of them.</summary>
    internal IReadOnlyList<CategoryValues> Categories { get; }

    /// <summary>How many values of each of those it knows.</summary>
    internal int[] KeyCounts => EngineModel.Layout?.KeyCounts ?? [];

    /// <summary>Reads a network that <see cref="Save"/> wrote.</summary>
    /// <param name="stream">Read from its position; not closed. It is not trusted.</param>
    /// <exception cref="ModelFileException">It is not an intact model file; the message says where and why.</exception>
    public static MlpModelParameters Load(Stream stream) => new(ModelFile.Read<float>(stream));

    /// <summary>Writes the network in the format of <see cref="ModelFile"/>, which programs without ML.NET can read.</summary>
    /// <param name="stream">Written to at its position; not closed.</param>
    /// <remarks>Reading it gives the same bits.</remarks>
    public void Save(Stream stream) => ModelFile.Write(stream, EngineModel);

    /// <summary>
    /// Writes the whole model as a standard ONNX file: categories, missing values and scaling of the features, networks, the mean of their
    /// predictions, temperature, range and link.
    /// </summary>
    /// <param name="stream">Written to at its position; not closed.</param>
    /// <remarks>
    /// <para>
    /// Standard operators of version 12 in single precision, which ONNX runtimes read since 2020. The input is <c>Features</c> [rows x
    /// <see cref="InputCount"/>] of float; the number of rows is open. Each of the columns that
    /// <see cref="MlpOptions.CategoricalColumnNames"/> names is an input of int64 [rows x 1] of its own: the key as ML.NET has it, from 1,
    /// and 0 for a missing one. The outputs have the names of the transformer's columns, [rows x 1]
    /// where those are single values:
    /// </para>
    /// <list type="bullet">
    /// <item>Binary and multi-label: <c>Score</c> (the logit) and <c>Probability</c> of float, <c>PredictedLabel</c> of bool. With a
    /// <see cref="MlpBinaryTrainer.Options.PositiveClass"/> the last is the class, as in the multiclass task, and
    /// <c>PredictedLabelIndex</c> is 1 for the positive class and 0 for the other.</item>
    /// <item>Multiclass: <c>Score</c> (the probabilities) of float; <c>PredictedLabelIndex</c>, int64, counted from 0; and
    /// <c>PredictedLabel</c>, the class as the label column had it: int64 where those are whole numbers, string otherwise. Where the key of
    /// the label had no values it is the key, int64, counted from 1.</item>
    /// <item>Regression: <c>Score</c> of float in the label's unit.</item>
    /// <item>Of a transformer with intervals <c>Score.Lower</c> and <c>Score.Upper</c> of float, with sets <c>PredictedLabelSet</c> of
    /// bool, as its columns are.</item>
    /// </list>
    /// <para>
    /// The metadata has the <c>task</c>, and <c>names</c>, a JSON array of the classes, labels or targets, where they are known. Parameters
    /// that were read by <see cref="Load"/> know neither: a sigmoid is taken for a binary or multi-label task, a softmax for a multiclass
    /// one, everything else for regression. A missing value (NaN) is filled in as the transformer does, without its warnings; where the
    /// model does not know missing values, it gives NaN scores, and a predicted label means nothing.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The parameters take more than the 2 GB that such a file holds.</exception>
    public void SaveAsOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ToOnnx().WriteTo(stream);
    }

    /// <inheritdoc cref="SaveAsOnnx(Stream)"/>
    /// <param name="path">Of the file; one that is there is replaced, and only when the new one is complete. See
    /// <see cref="FileTarget"/>.</param>
    public void SaveAsOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Before the file is there: a model that does not fit leaves none.
        ModelProto file = ToOnnx();
        FileTarget.Write(path, file.WriteTo);
    }

    /// <summary>
    /// Reads a network that was trained elsewhere, PyTorch say, to start a training from:
    /// <see cref="MlpTrainerBase{TTransformer}.Fit(Microsoft.ML.IDataView, Microsoft.ML.IDataView, MlpModelParameters)"/>.
    /// </summary>
    /// <param name="stream">A safetensors file with the layers of a torch.nn.Sequential of torch.nn.Linear. Read from its position to its
    /// end; not closed. It is not trusted.</param>
    /// <param name="activation">Of the hidden layers: a file has numbers and no functions.</param>
    /// <param name="link">What turns the outputs into predictions: <see cref="OutputLink.Sigmoid"/> for the binary and multi-label
    /// trainers, <see cref="OutputLink.Softmax"/> for the multiclass one; nothing unless given, as for regression.</param>
    /// <param name="scaling">What is to be done to features before they enter the network; null for nothing.</param>
    /// <param name="prefix">What the names of the layers begin with; nothing unless given.</param>
    /// <inheritdoc cref="SafeTensorsFile.Read" path="/exception"/>
    public static MlpModelParameters LoadSafeTensors(
        Stream stream, Activation activation, OutputLink link = OutputLink.Identity, FeatureScaling<float>? scaling = null,
            string prefix = "") =>
        new(new Model<float>(SafeTensorsFile.Read<float>(stream, activation, prefix: prefix), scaling, link));

    /// <summary>Writes the weights for PyTorch, with the names and shapes of a torch.nn.Sequential of torch.nn.Linear.</summary>
    /// <param name="stream">Written to at its position; not closed.</param>
    /// <param name="prefix">What all names begin with; nothing unless given.</param>
    /// <inheritdoc cref="SafeTensorsFile.Write" path="/remarks"/>
    public void SaveSafeTensors(Stream stream, string prefix = "") => SafeTensorsFile.Write(stream, EngineModel, prefix);

    /// <summary>These parameters, with what their inputs and outputs stand for.</summary>
    internal MlpModelParameters For(TaskDefinition task, TransformerContent content) =>
        new(EngineModel, task, content.Label, content.Features, content.Categories, Networks) { Coverage = content.Coverage };

    /// <summary>Ends what has a row's features and nothing else: it would predict as if all keys were unknown.</summary>
    /// <param name="keyCount">Key columns that a model reads beside the features.</param>
    /// <param name="names">Of those columns; none where they are not known.</param>
    /// <exception cref="NotSupportedException">There are such columns.</exception>
    internal static void CheckTakesFeaturesAlone(int keyCount, IEnumerable<string> names)
    {
        if (keyCount == 0)
            return;
        string known = string.Join(", ", names.Select(name => $"'{name}'"));
        throw new NotSupportedException(
            $"The model reads {(keyCount == 1 ? "a key column" : $"{keyCount} key columns")} beside its features (CategoricalColumnNames"
                + $"{(known == "" ? "" : $": {known}")}), and ML.NET's OneVersusAll, PairwiseCoupling, CalculateFeatureContribution and "
                + "value mappers hand it the features alone. Encode the keys with OneHotEncoding as part of the features; or, for several "
                + "classes, use the multiclass trainer, and for contributions ExplainMlp: both take keys as they are.");
    }

    PredictionKind IPredictorParameters.Kind => Task.KindOf(OutputCount);

    void IPredictorParameters.CheckCanMap() =>
        CheckTakesFeaturesAlone(KeyCounts.Length, Categories.Select(category => category.Name));

    Delegate IPredictorParameters.CreateScoreMapper() => VectorScorer.CreateScoreMapper(EngineModel);

    Delegate IPredictorParameters.CreateProbabilityMapper() => VectorScorer.CreateProbabilityMapper(EngineModel);

    /// <summary>Integrated gradients of what is predicted, from the centre of the scaling, as ExplainMlp gives them.</summary>
    ValueMapper<VBuffer<float>, VBuffer<float>> IPredictorParameters.CreateContributionMapper(int top, int bottom, bool normalize) =>
        new FeatureContributions(EngineModel, top, bottom, normalize).Compute;

    void IPredictorParameters.Save(ModelEntryWriter writer) => TransformerFile.SaveParameters(writer, this);

    // Called by ML.NET, by name.
    private static MlpModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return TransformerFile.LoadParameters(new ModelEntryReader(ctx));
    }

    internal ModelProto ToOnnx() => OnnxFile.Create(
        EngineModel, Task.Name, Label.Values?.ToTexts(),
        (graph, names) => PredictionNodes.Add(graph, Task, EngineModel, Label, Coverage, names),
        [.. Categories.Select(category => category.Name)]);
}
