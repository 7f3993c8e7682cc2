using Mlp.MLNet.Onnx;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Tasks;

/// <summary>The columns that the transformer of a task adds, as outputs of an ONNX graph.</summary>
internal static class PredictionNodes
{
    public const string
        Score = "Score", Probability = "Probability", PredictedLabel = "PredictedLabel", PredictedLabelIndex = "PredictedLabelIndex";

    /// <summary>Adds the nodes and lists the outputs; of a class its value and its index.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="task">Of the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="label">It was trained on.</param>
    /// <param name="coverage">Of the model.</param>
    /// <param name="names">Of the inputs; features are raw, [rows x inputs].</param>
    public static IReadOnlyList<OnnxOutput> Add(
        FileGraph graph, TaskDefinition task, Model<float> model, LabelContent label, Coverage coverage, GraphInputs names)
    {
        var inputs = InputNodes.Add(graph, model, names);
        string output = ModelNodes.AddOutputs(graph, model, inputs);
        (IReadOnlyList<OnnxOutput> outputs, string? index) = task.AddScores(graph, model, label, output);
        outputs = [.. outputs, .. task.AddCoverage(graph, model, coverage, output, inputs)];
        return index is null
            ? outputs
            : [new(PredictedLabel, AddClass(graph, index, label.Values), 1), new(PredictedLabelIndex, OnnxElement.Int64, 1), .. outputs];
    }

    /// <summary>Adds the nodes; of a class its key as ML.NET has it, counted from 1.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="task">Of the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="label">It was trained on.</param>
    /// <param name="coverage">Of the model.</param>
    /// <param name="names">Of the inputs; features are raw and of any rank: ML.NET writes a one-hot encoding as [rows x 1 x inputs], and
    /// declares [rows x inputs].</param>
    public static void AddWithKeys(
        IOnnxGraph graph, TaskDefinition task, Model<float> model, LabelContent label, Coverage coverage, GraphInputs names)
    {
        string shape = graph.AddConstant("features/shape", (long[])[-1, model.FeatureCount], 2);
        string rows = graph.AddNode("Reshape", "features/rows", [names.Features, shape]);
        var inputs = InputNodes.Add(graph, model, names with { Features = rows });
        string output = ModelNodes.AddOutputs(graph, model, inputs);
        task.AddCoverage(graph, model, coverage, output, inputs);
        if (task.AddScores(graph, model, label, output).Index is not string index)
            return;
        string key = label.Decision.PositiveKey == 1
            ? graph.AddNode("Sub", "key", [graph.AddConstant("secondKey", (long[])[2]), index]) : AddKey(graph, "key", index);
        graph.AddNode("Cast", PredictedLabel, [key], new OnnxAttribute("to", (long)OnnxElement.UInt32));
    }

    /// <summary>Score and Probability of outputs that are logits.</summary>
    public static IReadOnlyList<OnnxOutput> AddLogits(IOnnxGraph graph, string output, int width)
    {
        graph.AddNode("Identity", Score, [output]);
        ModelNodes.AddLink(graph, OutputLink.Sigmoid, Probability, output);
        return [new(Score, OnnxElement.Single, width), new(Probability, OnnxElement.Single, width)];
    }

    /// <summary>Whether outputs are above a threshold.</summary>
    public static string AddFlags(IOnnxGraph graph, string name, string output, float threshold) =>
        graph.AddNode("Greater", name, [output, graph.AddConstant("threshold", [threshold])]);

    /// <summary>The class as the label had it, or its key where that has no values.</summary>
    private static OnnxElement AddClass(FileGraph graph, string index, LabelValues? classes)
    {
        if (classes is null)
            AddKey(graph, PredictedLabel, index);
        else if (classes.ToIntegers() is long[] integers)
            graph.AddNode("Gather", PredictedLabel, [graph.AddConstant("classes", integers, integers.Length), index]);
        else
        {
            graph.AddNode("Gather", PredictedLabel, [graph.AddTexts("classes", classes.ToTexts()), index]);
            return OnnxElement.Text;
        }
        return OnnxElement.Int64;
    }

    private static string AddKey(IOnnxGraph graph, string name, string index) =>
        graph.AddNode("Add", name, [index, graph.AddConstant("firstKey", (long[])[1])]);
}
