using System.Runtime.InteropServices;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet.Tests;

/// <summary>Runs a graph node after node, by the descriptions of the operators and nothing else. It knows those that this project writes.</summary>
internal sealed class OnnxInterpreter
{
    private readonly GraphProto _graph;

    public OnnxInterpreter(ModelProto model)
    {
        _graph = model.Graph;
        Constants = _graph.Initializer.ToDictionary(tensor => tensor.Name, Read);
    }

    public IReadOnlyDictionary<string, OnnxTensor> Constants { get; }

    /// <summary>Every value of the graph.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Run(string input, OnnxTensor tensor)
    {
        var values = new Dictionary<string, OnnxTensor>(Constants) { [input] = tensor };
        foreach (NodeProto node in _graph.Node)
            values.Add(node.Output.Single(), Compute(node, [.. node.Input.Select(name => values[name])]));
        return values;
    }

    private static OnnxTensor Read(TensorProto tensor)
    {
        int[] shape = [.. tensor.Dims.Select(size => (int)size)];
        ReadOnlySpan<byte> bytes = tensor.RawData.Span;
        Array values = (OnnxElement)tensor.DataType switch
        {
            OnnxElement.Single => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            OnnxElement.Int64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            OnnxElement.Text => tensor.StringData.Select(text => text.ToStringUtf8()).ToArray(),
            var other => throw new InvalidOperationException($"{tensor.Name} has elements of type {other}."),
        };
        Assert.Equal(OnnxTensor.Count(shape), values.Length);
        return new OnnxTensor(shape, values);
    }

    private static OnnxTensor Compute(NodeProto node, OnnxTensor[] inputs) => node.OpType switch
    {
        "Identity" => inputs[0],
        "Add" when inputs[0].Values is long[] => Combine<long, long>(inputs[0], inputs[1], (a, b) => a + b),
        "Add" => Combine<float, float>(inputs[0], inputs[1], (a, b) => a + b),
        "Sub" when inputs[0].Values is long[] => Combine<long, long>(inputs[0], inputs[1], (a, b) => a - b),
        "Sub" => Combine<float, float>(inputs[0], inputs[1], (a, b) => a - b),
        "Mul" => Combine<float, float>(inputs[0], inputs[1], (a, b) => a * b),
        "Div" => Combine<float, float>(inputs[0], inputs[1], (a, b) => a / b),
        "Greater" => Combine<float, bool>(inputs[0], inputs[1], (a, b) => a > b),
        "Max" => inputs.Aggregate((left, right) => Combine<float, float>(left, right, MathF.Max)),
        "Min" => inputs.Aggregate((left, right) => Combine<float, float>(left, right, MathF.Min)),
        "Sum" => inputs.Aggregate((left, right) => Combine<float, float>(left, right, (a, b) => a + b)),
        "Mean" => Map(inputs.Aggregate((left, right) => Combine<float, float>(left, right, (a, b) => a + b)), sum => sum / inputs.Length),
        "Cast" when (OnnxElement)Integer(node, "to") == OnnxElement.Int64 =>
            inputs[0] with { Values = ((bool[])inputs[0].Values).Select(value => value ? 1L : 0L).ToArray() },
        "Neg" => Map(inputs[0], value => -value),
        "Sqrt" => Map(inputs[0], MathF.Sqrt),
        "Exp" => Map(inputs[0], MathF.Exp),
        "Log" => Map(inputs[0], MathF.Log),
        "Cos" => Map(inputs[0], MathF.Cos),
        "Round" => Map(inputs[0], value => MathF.Round(value, MidpointRounding.ToEven)),
        "Erf" => Map(inputs[0], value => (float)Erf(value)),
        "Sigmoid" => Map(inputs[0], value => (float)(1 / (1 + Math.Exp(-value)))),
        "Tanh" => Map(inputs[0], MathF.Tanh),
        "Softplus" => Map(inputs[0], value => (float)(Math.Max(value, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)value))))),
        "Relu" => Map(inputs[0], value => value < 0 ? 0 : value),
        "LeakyRelu" => Map(inputs[0], value => value < 0 ? Number(node, "alpha") * value : value),
        "Elu" => Map(inputs[0], value => value < 0 ? Number(node, "alpha") * (MathF.Exp(value) - 1) : value),
        "Selu" => Map(
            inputs[0], value => Number(node, "gamma") * (value > 0 ? value : Number(node, "alpha") * (MathF.Exp(value) - 1))),
        "Softmax" => Normalize(inputs[0], Integer(node, "axis"), (value, max, sum) => MathF.Exp(value - max) / sum),
        "LogSoftmax" => Normalize(inputs[0], Integer(node, "axis"), (value, max, sum) => value - max - MathF.Log(sum)),
        "Gemm" => Gemm(node, inputs),
        "Gather" => Gather(inputs[0], inputs[1], Integer(node, "axis", 0)),
        "Concat" => Concat(inputs, Integer(node, "axis")),
        "Reshape" => Reshape(inputs[0], (long[])inputs[1].Values),
        "ReduceSum" => SumAlong(inputs[0], (int)node.Attribute.Single(attribute => attribute.Name == "axes").Ints.Single(), Integer(node, "keepdims")),
        "ArgMax" => IndexOfLargest(inputs[0], Integer(node, "axis"), Integer(node, "keepdims")),
        _ => throw new InvalidOperationException($"Node {node.Name} has the operator {node.OpType}, which is not expected."),
    };

    private static int Integer(NodeProto node, string name, int? absent = null)
    {
        AttributeProto? attribute = node.Attribute.SingleOrDefault(attribute => attribute.Name == name);
        if (attribute is null && absent is int value)
            return value;
        Assert.Equal(AttributeProto.Types.AttributeType.Int, attribute!.Type);
        return (int)attribute.I;
    }

    private static float Number(NodeProto node, string name)
    {
        AttributeProto attribute = node.Attribute.Single(attribute => attribute.Name == name);
        Assert.Equal(AttributeProto.Types.AttributeType.Float, attribute.Type);
        return attribute.F;
    }

    private static OnnxTensor Map(OnnxTensor tensor, Func<float, float> function) => tensor with { Values = tensor.Floats.Select(function).ToArray() };

    private static OnnxTensor Combine<T, TResult>(OnnxTensor left, OnnxTensor right, Func<T, T, TResult> function)
    {
        int[] shape = OnnxTensor.CommonShape(left.Shape, right.Shape);
        return new OnnxTensor(shape, left.Spread<T>(shape).Zip(right.Spread<T>(shape), function).ToArray());
    }

    /// <summary>αAB + βC with α and β of 1: A [rows x inputs], B transposed [units x inputs], C [units], if there is one.</summary>
    private static OnnxTensor Gemm(NodeProto node, OnnxTensor[] inputs)
    {
        Assert.Equal(1, Integer(node, "transB"));
        Assert.Equal(["transB"], node.Attribute.Select(attribute => attribute.Name));
        (int rows, int inner, int units) = (inputs[0].Shape[0], inputs[0].Shape[1], inputs[1].Shape[0]);
        Assert.Equal([units, inner], inputs[1].Shape);
        float[] a = inputs[0].Floats, b = inputs[1].Floats, result = new float[rows * units];
        for (int row = 0; row < rows; row++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                float sum = inputs.Length > 2 ? inputs[2].Floats[unit] : 0;
                for (int index = 0; index < inner; index++)
                    sum += a[row * inner + index] * b[unit * inner + index];
                result[row * units + unit] = sum;
            }
        }
        return new OnnxTensor([rows, units], result);
    }

    private static OnnxTensor Gather(OnnxTensor data, OnnxTensor indices, int axis)
    {
        (int before, int size, int behind) = data.Around(axis);
        var positions = (long[])indices.Values;
        var result = Array.CreateInstance(data.Values.GetType().GetElementType()!, before * positions.Length * behind);
        for (int outer = 0; outer < before; outer++)
        {
            for (int index = 0; index < positions.Length; index++)
                Array.Copy(data.Values, (outer * size + positions[index]) * behind, result, (long)(outer * positions.Length + index) * behind, behind);
        }
        return new OnnxTensor([.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]], result);
    }

    private static OnnxTensor Concat(OnnxTensor[] inputs, int axis)
    {
        var result = new List<float>();
        int before = inputs[0].Around(axis).Before;
        for (int outer = 0; outer < before; outer++)
        {
            foreach (OnnxTensor input in inputs)
            {
                (_, int size, int behind) = input.Around(axis);
                result.AddRange(input.Floats.AsSpan(outer * size * behind, size * behind));
            }
        }
        int[] shape = [.. inputs[0].Shape];
        shape[axis] = inputs.Sum(input => input.Shape[axis]);
        return new OnnxTensor(shape, result.ToArray());
    }

    /// <summary>A 0 keeps the size of that axis.</summary>
    private static OnnxTensor Reshape(OnnxTensor tensor, long[] sizes)
    {
        int[] shape = [.. sizes.Select((size, axis) => size == 0 ? tensor.Shape[axis] : (int)size)];
        Assert.Equal(tensor.Values.Length, OnnxTensor.Count(shape));
        return tensor with { Shape = shape };
    }

    private static OnnxTensor SumAlong(OnnxTensor tensor, int axis, int keepDimensions)
    {
        Assert.Equal(0, keepDimensions);
        (_, int size, int behind) = tensor.Around(axis);
        Assert.Equal(1, behind);
        return new OnnxTensor([.. tensor.Shape[..axis], .. tensor.Shape[(axis + 1)..]], tensor.Floats.Chunk(size).Select(part => part.Sum()).ToArray());
    }

    private static OnnxTensor IndexOfLargest(OnnxTensor tensor, int axis, int keepDimensions)
    {
        Assert.Equal((1, 1, 2), (axis, keepDimensions, tensor.Rank));
        return new OnnxTensor([tensor.Shape[0], 1], tensor.Floats.Chunk(tensor.Shape[1]).Select(row => (long)Array.IndexOf(row, row.Max())).ToArray());
    }

    private static OnnxTensor Normalize(OnnxTensor tensor, int axis, Func<float, float, float, float> function)
    {
        Assert.Equal((1, 2), (axis, tensor.Rank));
        return tensor with
        {
            Values = tensor.Floats.Chunk(tensor.Shape[1]).SelectMany(row =>
            {
                float max = row.Max(), sum = row.Sum(value => MathF.Exp(value - max));
                return row.Select(value => function(value, max, sum));
            }).ToArray(),
        };
    }

    /// <summary>2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1 · 3 · … · (2n+1)), whose terms all have the sign of x.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        (double term, double sum) = (x, 0);
        for (int n = 1; sum + term != sum; n++)
            (sum, term) = (sum + term, term * 2 * x * x / (2 * n + 1));
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
