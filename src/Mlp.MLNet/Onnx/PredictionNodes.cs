namespace Mlp.MLNet.Onnx;

/// <summary>The columns that the transformer of a task adds, as outputs of a graph.</summary>
internal static class PredictionNodes
{
    private const string Score = "Score", Probability = "Probability", PredictedLabel = "PredictedLabel", PredictedLabelIndex = "PredictedLabelIndex";

    /// <summary>Adds the nodes and lists the outputs; of a class its value and its index.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">Raw features [rows x inputs].</param>
    public static IReadOnlyList<OnnxOutput> Add(FileGraph graph, MlpModelParameters model, string features)
    {
        (IReadOnlyList<OnnxOutput> outputs, string? index) = AddScores(graph, model, features);
        return index is null
            ? outputs : [new(PredictedLabel, AddClass(graph, index, model.Meaning.Names), 1), new(PredictedLabelIndex, OnnxElement.Int64, 1), .. outputs];
    }

    /// <summary>Adds the nodes; of a class its key as ML.NET has it, counted from 1.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">Raw features of any rank: ML.NET writes a one-hot encoding as [rows x 1 x inputs], and declares [rows x inputs].</param>
    public static void AddWithKeys(IOnnxGraph graph, MlpModelParameters model, string features)
    {
        string shape = graph.AddConstant("features/shape", (long[])[-1, model.InputCount], 2);
        string rows = graph.AddNode("Reshape", "features/rows", [features, shape]);
        if (AddScores(graph, model, rows).Index is not string index)
            return;
        string key = model.Meaning.Decision.PositiveKey == 1
            ? graph.AddNode("Sub", "key", [graph.AddConstant("secondKey", (long[])[2]), index]) : AddKey(graph, "key", index);
        graph.AddNode("Cast", PredictedLabel, [key], new OnnxAttribute("to", (long)OnnxElement.UInt32));
    }

    /// <summary>All but a class with a name, of which there is the index: of several that of the largest score, the first among equals; of two
    /// 1 for the positive one.</summary>
    private static (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(IOnnxGraph graph, MlpModelParameters model, string features)
    {
        string output = ModelNodes.AddOutputs(graph, model.Model, features);
        int width = model.OutputCount;
        if (model.Meaning.Task is MlpTask.Binary or MlpTask.MultiLabel)
        {
            graph.AddNode("Identity", Score, [output]);
            ModelNodes.AddLink(graph, OutputLink.Sigmoid, Probability, output);
            bool hasKey = model.Meaning.Decision.PositiveKey is not null;
            string isPositive = graph.AddNode(
                "Greater", hasKey ? "isPositive" : PredictedLabel, [output, graph.AddConstant("threshold", [model.Meaning.Decision.Threshold])]);
            if (hasKey)
            {
                return (
                    [new(Score, OnnxElement.Single, width), new(Probability, OnnxElement.Single, width)],
                    graph.AddNode("Cast", PredictedLabelIndex, [isPositive], new OnnxAttribute("to", (long)OnnxElement.Int64)));
            }
            return (
                [new(PredictedLabel, OnnxElement.Boolean, width), new(Score, OnnxElement.Single, width), new(Probability, OnnxElement.Single, width)],
                null);
        }
        string score = ModelNodes.AddLink(graph, model.Link, Score, output);
        string? index = model.Meaning.Task == MlpTask.Multiclass
            ? graph.AddNode("ArgMax", PredictedLabelIndex, [score], OnnxAttribute.Axis(1), new OnnxAttribute("keepdims", 1)) : null;
        return ([new(Score, OnnxElement.Single, width)], index);
    }

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
