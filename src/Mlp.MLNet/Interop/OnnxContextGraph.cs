using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Mlp.MLNet.Onnx;

namespace Mlp.MLNet.Interop;

/// <summary>The graph that ML.NET's converter collects from all transformers of a pipeline. Its context has internal members
/// only.</summary>
/// <param name="context">Names everything anew where a name is taken.</param>
/// <param name="columns">The nodes of these names give columns of these types.</param>
internal sealed class OnnxContextGraph(OnnxContext context, IReadOnlyDictionary<string, DataViewType> columns) : IOnnxGraph
{
    private const string StandardDomain = "";

    public string AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions) =>
        context.AddInitializer(values.ToArray(), DimensionsOrNull(dimensions), name);

    public string AddConstant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dimensions) =>
        context.AddInitializer(values.ToArray(), DimensionsOrNull(dimensions), name);

    public string AddNode(string operation, string name, IReadOnlyList<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        string output = columns.TryGetValue(name, out DataViewType? type)
            ? context.AddIntermediateVariable(type, name) : context.AddIntermediateVariable(null, name, skip: true);
        OnnxNode node = context.CreateNode(operation, inputs, [output], context.GetNodeName(name), StandardDomain);
        foreach (OnnxAttribute attribute in attributes)
        {
            if (attribute.Integer is long integer)
                node.AddAttribute(attribute.Name, integer);
            else if (attribute.Number is float number)
                node.AddAttribute(attribute.Name, (double)number);
            else
                node.AddAttribute(attribute.Name, attribute.Integers!.AsEnumerable());
        }
        return output;
    }

    /// <summary>Without dimensions it makes a vector; of one number, that is as good as the number.</summary>
    private static long[]? DimensionsOrNull(ReadOnlySpan<long> dimensions) => dimensions.IsEmpty ? null : dimensions.ToArray();
}
