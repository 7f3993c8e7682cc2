using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Mlp.MLNet.Onnx;

/// <summary>Models as ONNX files.</summary>
internal static class OnnxFile
{
    public const string FeaturesName = "Features";

    // The versions of 2020, which every later runtime reads; ML.NET's converter writes the same operators.
    internal const int IntermediateRepresentation = 7, OperatorSet = 12;

    // Of protocol buffers. What is no parameter is small against the room left.
    private const long LargestFile = int.MaxValue - (1L << 20);

    /// <summary>The file in memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">In words, for the metadata.</param>
    /// <param name="names">Of classes, labels or targets; null when they are not known.</param>
    /// <param name="addOutputs">Adds the nodes and lists the outputs, given what the graph calls the inputs.</param>
    /// <param name="keys">Names of the model's key columns; null where they are not known, and numbers stand in.</param>
    /// <exception cref="InvalidOperationException">The model has more parameters than such a file can hold.</exception>
    public static ModelProto Create(
        Model<float> model, string task, IReadOnlyList<string>? names,
        Func<FileGraph, GraphInputs, IReadOnlyList<OnnxOutput>> addOutputs, IReadOnlyList<string>? keys = null)
    {
        CheckSize(model.Networks.Count, model.Network.Parameters.Length);
        int keyCount = model.Layout?.KeyCounts.Length ?? 0;
        GraphProto graph = CreateGraph(
            model, addOutputs, keys?.Count == keyCount ? [.. keys] : [.. Enumerable.Range(1, keyCount).Select(index => $"Key{index}")]);
        var file = new ModelProto
        {
            IrVersion = IntermediateRepresentation,
            ProducerName = "Mlp.MLNet",
            ProducerVersion = $"{typeof(OnnxFile).Assembly.GetName().Version}",
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
            Graph = graph,
        };
        file.MetadataProps.Add(new StringStringEntryProto { Key = "task", Value = task });
        if (names is not null)
            file.MetadataProps.Add(new StringStringEntryProto { Key = "names", Value = ToJson(names) });
        return file;
    }

    private static GraphProto CreateGraph(
        Model<float> model, Func<FileGraph, GraphInputs, IReadOnlyList<OnnxOutput>> addOutputs, string[] keys)
    {
        var graph = new GraphProto { Name = "mlp" };
        IReadOnlyList<OnnxOutput> outputs = addOutputs(new FileGraph(graph), new GraphInputs(FeaturesName, keys));
        HashSet<string> taken =
            [FeaturesName, .. graph.Node.SelectMany(node => node.Output), .. graph.Initializer.Select(constant => constant.Name)];
        // A column may be called as something inside, and another column as what would then stand for it.
        if (Array.Find(keys, taken.Contains) is string name)
        {
            string other = $"{name}Key";
            while (keys.Contains(other))
                other += "Key";
            return CreateGraph(model, addOutputs, [.. keys.Select(key => key == name ? other : key)]);
        }
        graph.Input.Add(FileGraph.Describe(FeaturesName, OnnxElement.Single, model.FeatureCount));
        graph.Input.AddRange(keys.Select(key => FileGraph.Describe(key, OnnxElement.Int64, width: 1)));
        graph.Output.AddRange(outputs.Select(output => FileGraph.Describe(output.Name, output.Element, output.Width)));
        return graph;
    }

    internal static void CheckSize(int networkCount, long parametersPerNetwork)
    {
        long size = sizeof(float) * networkCount * parametersPerNetwork;
        if (size > LargestFile)
        {
            throw new InvalidOperationException(
                $"The model has {networkCount} x {parametersPerNetwork:N0} parameters, {size:N0} bytes; an ONNX file holds less than "
                    + $"{LargestFile:N0}. Train fewer or smaller networks.");
        }
    }

    private static string ToJson(IReadOnlyList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (string text in texts)
                writer.WriteStringValue(text);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
