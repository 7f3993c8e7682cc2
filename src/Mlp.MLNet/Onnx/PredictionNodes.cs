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
        if (AddScores(graph, model, rows).Index is string index)
            graph.AddNode("Cast", PredictedLabel, [AddKey(graph, "key", index)], new OnnxAttribute("to", (long)OnnxElement.UInt32));
    }

    /// <summary>All but the class, of which there is the index of the largest score, the first among equals.</summary>
    private static (IReadOnlyList<OnnxOutput> Outputs, string? Index) AddScores(IOnnxGraph graph, MlpModelParameters model, string features)
    {
        string output = ModelNodes.AddOutputs(graph, model.Model, features);
        int width = model.OutputCount;
        if (model.Meaning.Task is MlpTask.Binary or MlpTask.MultiLabel)
        {
            graph.AddNode("Identity", Score, [output]);
            ModelNodes.AddLink(graph, OutputLink.Sigmoid, Probability, output);
            graph.AddNode("Greater", PredictedLabel, [output, graph.AddConstant("threshold", [0f])]);
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
