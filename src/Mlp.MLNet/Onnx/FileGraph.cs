using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace Mlp.MLNet.Onnx;

/// <summary>A graph as ONNX files have it.</summary>
/// <param name="graph">Is filled.</param>
internal sealed class FileGraph(GraphProto graph) : IOnnxGraph
{
    public string AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions) =>
        AddNumbers(name, OnnxElement.Single, MemoryMarshal.AsBytes(values), dimensions);

    public string AddConstant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dimensions) =>
        AddNumbers(name, OnnxElement.Int64, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>Adds a list of texts, as <see cref="IOnnxGraph.AddConstant(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/> adds
    /// numbers.</summary>
    public string AddTexts(string name, IReadOnlyList<string> values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)OnnxElement.Text, Dims = { values.Count } };
        tensor.StringData.AddRange(values.Select(value => ByteString.CopyFrom(value, Encoding.UTF8)));
        graph.Initializer.Add(tensor);
        return name;
    }

    public string AddNode(string operation, string name, IReadOnlyList<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name, Input = { inputs }, Output = { name } };
        foreach (OnnxAttribute attribute in attributes)
            node.Attribute.Add(ToProto(attribute));
        graph.Node.Add(node);
        return name;
    }

    /// <summary>A value of the graph's surface: [rows x width].</summary>
    /// <param name="name">What the graph calls it.</param>
    /// <param name="element">What it holds.</param>
    /// <param name="width">Values per row.</param>
    public static ValueInfoProto Describe(string name, OnnxElement element, int width)
    {
        var shape = new TensorShapeProto
        {
            Dim = { new TensorShapeProto.Types.Dimension { DimParam = "rows" }, new TensorShapeProto.Types.Dimension { DimValue = width } },
        };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)element, Shape = shape } },
        };
    }

    private string AddNumbers(string name, OnnxElement element, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> dimensions)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX files are little-endian, and so must be the processor that writes them.");
        var tensor = new TensorProto { Name = name, DataType = (int)element, RawData = ByteString.CopyFrom(bytes) };
        foreach (long dimension in dimensions)
            tensor.Dims.Add(dimension);
        graph.Initializer.Add(tensor);
        return name;
    }

    private static AttributeProto ToProto(OnnxAttribute attribute)
    {
        var proto = new AttributeProto { Name = attribute.Name };
        if (attribute.Integer is long integer)
            (proto.I, proto.Type) = (integer, AttributeProto.Types.AttributeType.Int);
        else if (attribute.Number is float number)
            (proto.F, proto.Type) = (number, AttributeProto.Types.AttributeType.Float);
        else
        {
            proto.Ints.AddRange(attribute.Integers);
            proto.Type = AttributeProto.Types.AttributeType.Ints;
        }
        return proto;
    }
}
