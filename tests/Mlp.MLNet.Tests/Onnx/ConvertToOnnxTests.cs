using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet.Tests;

/// <summary>ML.NET's own converter, where its package is; .ci/onnx lets a real runtime predict with what it writes.</summary>
public class ConvertToOnnxTests
{
    [Fact]
    public void Pipeline_HasThePerceptronsNodesAndColumns()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Moons.View(ml);
        var pipeline = ml.Transforms.NormalizeMinMax("Features").Append(ml.BinaryClassification.Trainers.Mlp(Moons.Options(3)));
        GraphProto graph = Convert(ml, pipeline.Fit(data), data).Graph;
        Assert.Equal(2, graph.Node.Count(node => node.OpType == "Gemm"));
        Assert.Equal(
            ["PredictedLabel.output", "Probability.output", "Score.output"],
            graph.Output.Select(output => output.Name).Where(name => name[0] is 'P' or 'S').Order());
        Assert.Equal(
            (int)OnnxElement.Boolean, graph.Output.Single(output => output.Name == "PredictedLabel.output").Type.TensorType.ElemType);
        // What the perceptron reads is what the normalizer gives.
        Assert.DoesNotContain(graph.Node, node => node.OpType == "Gemm" && node.Input.Contains("Features"));
    }

    [Fact]
    public void OlderOperators_AreRefused()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Moons.View(ml);
        ITransformer model = ml.BinaryClassification.Trainers.Mlp(Moons.Options(3)).Fit(data);
        var exception = Assert.ThrowsAny<ArgumentException>(() => ml.Model.ConvertToOnnx(model, data, 11, Stream.Null));
        Assert.Contains("lower than Mlp's minimum OpSet version requirement: 12", exception.Message);
    }

    private static ModelProto Convert(MLContext ml, ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        ml.Model.ConvertToOnnx(model, data, stream);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }
}
