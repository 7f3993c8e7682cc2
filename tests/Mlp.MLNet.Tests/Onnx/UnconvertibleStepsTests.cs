using Microsoft.ML;
using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Steps that ML.NET cannot convert to ONNX: the message names the column and the remedy, and the remedies work.</summary>
public class UnconvertibleStepsTests
{
    private const string Remedy =
        "Use another step in its place, or run that step in the program and write the network behind it with Model.SaveAsOnnx.";

    private const string OutOfReach =
        "Column 'Features' cannot be written as ONNX, and the network reads it: ML.NET's converter ends at ";

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Steps => [.. PipelineSteps.Unconvertible.Keys];

    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_IsNamedByItsColumn(string name)
    {
        (StepsToFeatures steps, string message) = PipelineSteps.Unconvertible[name];
        var pipeline = new ConvertedPipeline(name, steps, "regression", 1);
        Assert.Equal(message + Remedy, Assert.Throws<InvalidOperationException>(pipeline.Convert).Message);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void HashedWordBags_AreNamed_ForEveryTask(string task)
    {
        (StepsToFeatures steps, string message) = PipelineSteps.Unconvertible["ProduceHashedWordBags, Concatenate"];
        var pipeline = new ConvertedPipeline("hashed word bags", steps, task, 3);
        Assert.Equal(message + Remedy, Assert.Throws<InvalidOperationException>(pipeline.Convert).Message);
    }

    /// <summary>The converter would go on with the raw column of that name and size, and the graph would predict something else.</summary>
    [Fact]
    public void StepInPlaceOfTheFeatures_IsNamed()
    {
        IDataView data = Moons.View(_ml);
        ITransformer model = _ml.Transforms.Expression("Features", "x => 2 * x", "Features")
            .Append(_ml.BinaryClassification.Trainers.Mlp(Moons.Options(1))).Fit(data);
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Model.ConvertToOnnx(model, data, Stream.Null));
        Assert.Equal("Column 'Features' has no ONNX form in ML.NET, and the network reads it. " + Remedy, exception.Message);
    }

    /// <summary>The converter stops at a filter, and leaves out what came before.</summary>
    [Fact]
    public void StepBeforeASplit_IsNamed()
    {
        IDataView prepared = _ml.Transforms.NormalizeMinMax("Features").Fit(Moons.View(_ml)).Transform(Moons.View(_ml));
        IDataView train = _ml.Data.TrainTestSplit(prepared, seed: 1).TrainSet;
        ITransformer model = _ml.BinaryClassification.Trainers.Mlp(Moons.Options(1)).Fit(train);
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Model.ConvertToOnnx(model, train, Stream.Null));
        Assert.Equal(
            OutOfReach + "RangeFilter, which comes after it. Leave that step out of the model and of the data that ConvertToOnnx gets, " +
            "or write the network alone with Model.SaveAsOnnx.",
            exception.Message);
        _ml.Model.ConvertToOnnx(model, prepared, Stream.Null);
    }

    [Fact]
    public void StepBeforeOneThatIsNotNeeded_IsNamed()
    {
        var behind = new ConvertedPipeline(
            "hashed word bags behind",
            steps => steps.Concatenate("Features", "Hours").Append(steps.Text.ProduceHashedWordBags("Bag", "Text", numberOfBits: 4)),
            "regression", 1);
        Assert.StartsWith(
            OutOfReach + "the step that makes column 'Bag', which comes after it. ",
            Assert.Throws<InvalidOperationException>(behind.Convert).Message);
        // The same in the other order.
        OnnxCase before = new ConvertedPipeline(
            "hashed word bags before",
            steps => steps.Text.ProduceHashedWordBags("Bag", "Text", numberOfBits: 4).Append(steps.Concatenate("Features", "Hours")),
            "regression", 1).ToCase();
        using var session = new OnnxRuntimeSession(before.File);
        session.AssertPredicts(before);
    }

    [Fact]
    public void NetworkBehindTheStep_IsWrittenAlone()
    {
        IDataView bags = _ml.Transforms.Text.ProduceHashedWordBags("Features", "Text", numberOfBits: 4)
            .Fit(ConvertedPipeline.Data).Transform(ConvertedPipeline.Data);
        MlpTransformerBase network = ConvertedPipeline.Fit("regression", 1, bags);
        using var file = new MemoryStream();
        network.Model.SaveAsOnnx(file);
        OnnxValues[] inputs = [Values("Features", ColumnValues.Floats(bags, "Features"))];
        AssertPredicts(file.ToArray(), network, network.Transform(bags), inputs, "Score");
    }

    /// <summary>What is cached has no steps behind it, so the graph begins there.</summary>
    [Fact]
    public void StepsBehindACache_AreConverted()
    {
        IDataView bags = _ml.Data.Cache(
            _ml.Transforms.Text.ProduceHashedWordBags("Bag", "Text", numberOfBits: 4)
                .Append(_ml.Transforms.SelectColumns("Bag", "Hours", "Price"))
                .Fit(ConvertedPipeline.Data).Transform(ConvertedPipeline.Data));
        ITransformer steps = _ml.Transforms.Concatenate("Features", "Bag", "Hours").Fit(bags);
        MlpTransformerBase network = ConvertedPipeline.Fit("regression", 1, steps.Transform(bags));
        using var file = new MemoryStream();
        _ml.Model.ConvertToOnnx(steps.Append(network), bags, file, "Score");
        IDataView scored = network.Transform(steps.Transform(bags));
        OnnxValues[] inputs =
            [.. ((string[])["Bag", "Hours", "Price"]).Select(column => Values(column, ColumnValues.Floats(bags, column)))];
        AssertPredicts(file.ToArray(), network, scored, inputs, "Score.output");
    }

    private static void AssertPredicts(
        byte[] file, MlpTransformerBase network, IDataView scored, OnnxValues[] inputs, string output)
    {
        var expected = new OnnxExpectations(network.Model, ColumnValues.Floats(scored, "Features"));
        using var session = new OnnxRuntimeSession(file);
        session.AssertPredicts(new OnnxCase(
            "regression", "hashed word bags", "Silu", file, PipelineRow.RowCount, inputs,
            [expected.Predictions(output, ColumnValues.Floats(scored, "Score"))]));
    }

    private static OnnxValues Values(string name, float[] values) => new(name, values.Length / PipelineRow.RowCount, values);
}
