using System.Globalization;
using Microsoft.ML;
using Mlp.MLNet.Onnx;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>The files themselves; <see cref="OnnxRuntimeTests"/> has what a runtime predicts with them.</summary>
public class OnnxFileTests
{
    // What version 12 of the standard set has and this project uses.
    private static readonly string[] Operators =
    [
        "Add", "ArgMax", "Cast", "Concat", "Cos", "Div", "Elu", "Equal", "Erf", "Exp", "Gather", "Gemm", "Greater", "GreaterOrEqual",
        "Identity", "IsNaN", "LeakyRelu", "LogSoftmax", "MatMul", "Max", "Min", "Mul", "Neg", "ReduceLogSumExp", "ReduceMean", "ReduceSum",
        "Relu", "Reshape", "Round", "Selu", "Sigmoid", "Slice", "Softmax", "Softplus", "Sqrt", "Sub", "Tanh", "Transpose",
        "Unsqueeze", "Where",
    ];

    /// <summary>All that the tests make.</summary>
    internal static OnnxCase[] Cases { get; } =
        [.. NetworkCases.Grid(), .. NetworkCases.Rest(), .. MixedCases.All(), .. TrainedCases.All()];

    [Fact]
    public void EveryGraph_IsInOrderAndOfStandardOperators()
    {
        var used = new HashSet<string>();
        foreach (OnnxCase one in Cases)
        {
            var model = ModelProto.Parser.ParseFrom(one.File);
            Assert.Equal(7, model.IrVersion);
            Assert.Equal([("", 12L)], model.OpsetImport.Select(set => (set.Domain, set.Version)));
            Assert.Equal("Mlp.MLNet", model.ProducerName);
            GraphProto graph = model.Graph;
            var defined = new HashSet<string>();
            foreach (string name in graph.Input.Select(input => input.Name).Concat(graph.Initializer.Select(tensor => tensor.Name)))
                Assert.True(defined.Add(name), $"{one}: {name} is there twice.");
            foreach (NodeProto node in graph.Node)
            {
                Assert.All(node.Input, name =>
                    Assert.True(defined.Contains(name), $"{one}: node {node.Name} reads {name}, which is not there yet."));
                Assert.True(defined.Add(node.Output.Single()), $"{one}: {node.Output} is there twice.");
                Assert.NotEmpty(node.Name);
                used.Add(node.OpType);
            }
            Assert.Subset(defined, graph.Output.Select(output => output.Name).ToHashSet());
            // Nothing is there in vain.
            var read = graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)).ToHashSet();
            Assert.Subset(read, defined);
        }
        Assert.Equal(Operators.Order(), used.Order());
    }

    [Theory]
    [InlineData("binary", "PredictedLabel: Boolean [rows, 1]", "Score: Single [rows, 1]", "Probability: Single [rows, 1]")]
    [InlineData("multi-label", "PredictedLabel: Boolean [rows, 3]", "Score: Single [rows, 3]", "Probability: Single [rows, 3]")]
    [InlineData("multiclass", "PredictedLabel: Int64 [rows, 1]", "PredictedLabelIndex: Int64 [rows, 1]", "Score: Single [rows, 4]")]
    [InlineData("regression", "Score: Single [rows, 1]")]
    [InlineData("several targets", "Score: Single [rows, 3]")]
    [InlineData("counts", "Score: Single [rows, 1]")]
    public void Surface_HasNamesTypesAndShapes(string task, params string[] outputs)
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Cases.First(one => one.Task == task).File).Graph;
        Assert.Equal(["Features: Single [rows, 6]"], graph.Input.Select(Describe));
        Assert.Equal(outputs, graph.Output.Select(Describe));
    }

    [Theory]
    [InlineData("binary", "recipe", "binary classification", null)]
    [InlineData("multiclass", "recipe, classes are texts", "multiclass classification", """["setosa","gr\u00F6\u00DFer","\u65E5\u672C"]""")]
    [InlineData("multiclass", "recipe, classes are whole numbers", "multiclass classification", """["10","-3","2000000000"]""")]
    [InlineData("multiclass", "recipe, classes are reals", "multiclass classification", """["0.5","-1.25","3"]""")]
    [InlineData("regression", "recipe", "regression", null)]
    [InlineData("multi-label", "recipe", "multi-label classification", null)]
    public void Metadata_HasTaskAndNames(string task, string variant, string name, string? names)
    {
        var model = ModelProto.Parser.ParseFrom(Cases.Single(one => (one.Task, one.Variant) == (task, variant)).File);
        var metadata = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(name, metadata["task"]);
        Assert.Equal(names, metadata.GetValueOrDefault("names"));
        Assert.Equal(names is null ? 1 : 2, metadata.Count);
    }

    [Fact]
    public void ModelOfMoreThan2Gigabytes_IsRefused()
    {
        OnnxFile.CheckSize(networkCount: 5, parametersPerNetwork: 107_000_000);
        var exception = Assert.Throws<InvalidOperationException>(
            () => OnnxFile.CheckSize(networkCount: 5, parametersPerNetwork: 108_000_000));
        Assert.StartsWith(
            "The model has 5 x 108,000,000 parameters, 2,160,000,000 bytes; an ONNX file holds less than 2,14", exception.Message);
    }

    [Theory]
    [InlineData("Town", "Day", "Town", "Day")]
    [InlineData("Features", "Score", "FeaturesKey", "ScoreKey")]
    [InlineData("Score", "ScoreKey", "ScoreKeyKey", "ScoreKey")]
    public void AKeyColumn_IsAnInputOfItsName_UnlessThatIsTaken(string first, string second, params string[] inputs)
    {
        Model<float> model = MixedCases.WithKeyColumns();
        ModelProto file = OnnxFile.Create(
            model, "regression", names: null, (graph, names) =>
            {
                graph.AddNode("Identity", "Score", [ModelNodes.AddOutputs(graph, model, names)]);
                return [new OnnxOutput("Score", OnnxElement.Single, 1)];
            }, [first, second]);
        Assert.Equal(["Features", .. inputs], file.Graph.Input.Select(each => each.Name));
    }

    /// <summary>The index of a category is the same for all networks, and one product serves them all.</summary>
    [Fact]
    public void Networks_ShareNodes()
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(
            Cases.First(one => one.Variant == "all of them, embedding, 5 networks").File).Graph;
        Assert.Equal(2, graph.Node.Count(node => node.OpType == "Slice"));
        Assert.Equal(2, graph.Node.Count(node => node.OpType == "IsNaN"));
        Assert.Single(graph.Node, node => node.Name.EndsWith("/inputs/category2", StringComparison.Ordinal));
        Assert.Single(graph.Node, node => node.Name.EndsWith("/layer1/sparse", StringComparison.Ordinal));
        Assert.Single(graph.Node, node => node.OpType == "Cos");
    }

    [Fact]
    public void Path_GetsTheSameBytesAsAStream()
    {
        using var folder = new TemporaryFolder();
        MlpModelParameters model = NetworkModel();
        string path = folder.PathOf("model.onnx");
        File.WriteAllText(path, new string('x', 100_000));
        model.SaveAsOnnx(path);
        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
        Assert.Equal(model.ToOnnx(), ModelProto.Parser.ParseFrom(stream.ToArray()));
        Assert.Throws<ArgumentNullException>(() => model.SaveAsOnnx((Stream)null!));
    }

    [Fact]
    public void ModelOfAZip_GivesTheSameFile_WithNames()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        MlpMulticlassTransformer transformer = ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(2)).Fit(data);
        using var zip = new MemoryStream();
        ml.Model.Save(transformer, data.Schema, zip);
        var loaded = Assert.IsType<MlpMulticlassTransformer>(ml.Model.Load(new MemoryStream(zip.ToArray()), out _));
        ModelProto file = transformer.Model.ToOnnx();
        Assert.Equal(file, loaded.Model.ToOnnx());
        Assert.Contains(file.MetadataProps, entry => entry.Key == "names");

        // The engine's file knows the networks alone.
        using var bare = new MemoryStream();
        transformer.Model.Save(bare);
        bare.Position = 0;
        Assert.DoesNotContain(MlpModelParameters.Load(bare).ToOnnx().MetadataProps, entry => entry.Key == "names");
    }

    private static MlpModelParameters NetworkModel() =>
        new(new Model<float>(Network<float>.Create(2, [Layer.Dense(3, Activation.Mish), Layer.Dense(1)])));

    private static string Describe(ValueInfoProto value)
    {
        TypeProto.Types.Tensor tensor = value.Type.TensorType;
        IEnumerable<string> sizes = tensor.Shape.Dim.Select(
            size => size.DimParam.Length > 0 ? size.DimParam : size.DimValue.ToString(CultureInfo.InvariantCulture));
        return $"{value.Name}: {(OnnxElement)tensor.ElemType} [{string.Join(", ", sizes)}]";
    }
}
