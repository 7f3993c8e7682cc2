using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using Mlp.MLNet.Onnx;
using Mlp.MLNet.Tests.BadData;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Whole pipelines by ML.NET's converter: onnxruntime gives what Transform gives, in batches and from ApplyOnnxModel.</summary>
public sealed class ConvertToOnnxTests(ITestOutputHelper output) : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int> OfAllTasks
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (string steps in PipelineSteps.OfAllTasks)
            {
                foreach (string task in EveryTask.Names)
                {
                    data.Add(steps, task, 1);
                    data.Add(steps, task, 3);
                }
            }
            return data;
        }
    }

    public static TheoryData<string> RowByRow => [.. PipelineSteps.RowByRow.Keys];

    public void Dispose() => _folder.Dispose();

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(OfAllTasks))]
    public void EveryTask_PredictsTheSame(string steps, string task, int networkCount)
    {
        var pipeline = new ConvertedPipeline(steps, PipelineSteps.Convertible[steps], task, networkCount);
        OnnxCase one = pipeline.ToCase();
        AssertBatches(one);
        AssertApplied(one);
    }

    /// <summary>Prints the first table of docs/onnx.md's pipelines.</summary>
    [Fact]
    public void EveryStep_PredictsTheSame()
    {
        var table = new StringBuilder("| steps before the trainer | batches | ApplyOnnxModel |\n|---|---|---|\n");
        foreach ((string name, StepsToFeatures steps) in PipelineSteps.Convertible)
        {
            OnnxCase one = new ConvertedPipeline(name, steps, "regression", 1).ToCase();
            double inBatches = AssertBatches(one), applied = AssertApplied(one);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {inBatches:0.0e+0} | {applied:0.0e+0} |");
        }
        output.WriteLine(table.ToString());
    }

    [Theory]
    [InlineData("a vector")]
    [InlineData("OneHotEncoding")]
    public void NoRows_GiveNoScores(string steps)
    {
        OnnxCase one = new ConvertedPipeline(steps, PipelineSteps.Convertible[steps], "regression", 1).ToCase();
        using var session = new OnnxRuntimeSession(one.File);
        session.AssertPredicts(one.Take(0));
    }

    [Fact]
    public void ModelOfAZip_GivesTheSameGraph()
    {
        var pipeline = new ConvertedPipeline("loaded", PipelineSteps.Convertible["all kinds of columns"], "multiclass", 3);
        using var zip = new MemoryStream();
        _ml.Model.Save(pipeline.Model, ConvertedPipeline.Data.Schema, zip);
        zip.Position = 0;
        using var file = new MemoryStream();
        _ml.Model.ConvertToOnnx(_ml.Model.Load(zip, out _), ConvertedPipeline.Data, file, [.. pipeline.Columns]);
        Assert.Equal(pipeline.Convert(), file.ToArray());
    }

    /// <summary>ML.NET's converter writes these steps for one row: a batch gives other shapes, and ApplyOnnxModel has no batches.</summary>
    [Theory]
    [MemberData(nameof(RowByRow))]
    public void SomeStepsOfMLNet_PredictTheSame_RowByRow(string steps)
    {
        OnnxCase one = new ConvertedPipeline(steps, PipelineSteps.RowByRow[steps], "regression", 1).ToCase();
        using var session = new OnnxRuntimeSession(one.File);
        double difference = Math.Max(session.AssertPredicts(one.Take(1)), AssertApplied(one));
        output.WriteLine($"{steps}: {difference.ToString("0.0e+0", CultureInfo.InvariantCulture)}");
        Assert.ThrowsAny<Exception>(() => session.AssertPredicts(one));
    }

    /// <summary>ML.NET has no slot for empty texts, and the runtime's was in no row of the training: a value that is not known.</summary>
    [Fact]
    public void OneHotHashEncoding_OfEmptyTexts_PredictsTheSame() => AssertBatches(HashedTexts("Nickname"));

    /// <summary>The runtime hashes letters beyond ASCII otherwise: docs/onnx.md warns of it.</summary>
    [Fact]
    public void OneHotHashEncoding_OfLettersBeyondAscii_DiffersInTheRuntime()
    {
        OnnxCase one = HashedTexts("Place");
        using var session = new OnnxRuntimeSession(one.File);
        Assert.Contains("and Mlp.MLNet says", Assert.ThrowsAny<Exception>(() => session.AssertPredicts(one)).Message);
    }

    [Fact]
    public void Perceptron_ReadsWhatAnotherOnePredicts()
    {
        var options = new MlpRegressionTrainer.Options
        {
            LabelColumnName = "Price",
            FeatureColumnName = "Inputs",
            NumberOfEpochs = 3,
            NumberOfNetworks = 2,
        };
        IEstimator<ITransformer> first = _ml.Transforms.Concatenate("Inputs", "Numbers", "Hours")
            .Append(_ml.Regression.Trainers.Mlp(options));
        OnnxCase one = new ConvertedPipeline(
            "two perceptrons", steps => first.Append(steps.Concatenate("Features", "Hours", "Score")), "regression", 1).ToCase();
        // The first one's roundings are a feature's error here, and larger than those of a step.
        OnnxValues[] outputs =
            [.. one.Outputs.Select(values => values with { Tolerances = [.. values.Tolerances!.Select(tolerance => 4 * tolerance)] })];
        one = one with { Outputs = outputs };
        AssertBatches(one);
        AssertApplied(one);
    }

    [Fact]
    public void Graph_HasThePerceptronsNodesAndColumns()
    {
        IDataView data = Moons.View(_ml);
        var pipeline = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.BinaryClassification.Trainers.Mlp(Moons.Options(3)));
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(pipeline.Fit(data), data, stream);
        GraphProto graph = ModelProto.Parser.ParseFrom(stream.ToArray()).Graph;
        Assert.Equal(2, graph.Node.Count(node => node.OpType == "Gemm"));
        Assert.Equal(
            ["PredictedLabel.output", "Probability.output", "Score.output"],
            graph.Output.Select(value => value.Name).Where(name => name[0] is 'P' or 'S').Order());
        Assert.Equal(
            (int)OnnxElement.Boolean, graph.Output.Single(value => value.Name == "PredictedLabel.output").Type.TensorType.ElemType);
        // What the perceptron reads is what the normalizer gives.
        Assert.DoesNotContain(graph.Node, node => node.OpType == "Reshape" && node.Input.Contains("Features"));
    }

    [Fact]
    public void OlderOperators_AreRefused()
    {
        IDataView data = Moons.View(_ml);
        ITransformer model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options(3)).Fit(data);
        var exception = Assert.ThrowsAny<ArgumentException>(() => _ml.Model.ConvertToOnnx(model, data, 11, Stream.Null));
        Assert.Contains("lower than Mlp's minimum OpSet version requirement: 12", exception.Message);
    }

    private static OnnxCase HashedTexts(string column) => new ConvertedPipeline(
        column, steps => steps.Categorical.OneHotHashEncoding("Features", column, numberOfBits: 4), "regression", 1).ToCase();

    private static double AssertBatches(OnnxCase one)
    {
        using var session = new OnnxRuntimeSession(one.File);
        return ((int[])[one.RowCount, 7, 1]).Max(rowCount => session.AssertPredicts(one.Take(rowCount)));
    }

    private double AssertApplied(OnnxCase one)
    {
        string path = _folder.PathOf("model.onnx");
        File.WriteAllBytes(path, one.File);
        using OnnxTransformer transformer = _ml.Transforms.ApplyOnnxModel(new OnnxOptions
        {
            ModelFile = path,
            InputColumns = [.. one.Inputs.Select(input => input.Name)],
            OutputColumns = [.. one.Outputs.Select(values => values.Name)],
            InterOpNumThreads = 1,
            IntraOpNumThreads = 1,
        }).Fit(ConvertedPipeline.Data);
        IDataView scored = transformer.Transform(ConvertedPipeline.Data);
        // It calls the columns as the pipeline did.
        return one.Outputs.Max(values => values.AssertGivenBy(
            $"{one}, applied", ColumnValues.Any(scored, values.Name.Replace(".output", "", StringComparison.Ordinal))));
    }
}
