namespace Mlp.MLNet.Onnx;

/// <summary>The columns that the transformer of a task adds, as outputs of a graph.</summary>
internal static class PredictionNodes
{
    private const string Score = "Score", Probability = "Probability", PredictedLabel = "PredictedLabel", PredictedLabelIndex = "PredictedLabelIndex";

    /// <summary>Adds the nodes and lists the outputs.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">Raw features [rows x inputs].</param>
    /// <param name="classesAsKeys">Whether a predicted class is a key as ML.NET has it, counted from 1; otherwise its value and its index.</param>
    public static IReadOnlyList<OnnxOutput> Add(IOnnxGraph graph, MlpModelParameters model, string features, bool classesAsKeys)
    {
        string output = ModelNodes.AddOutputs(graph, model.Model, features);
        int width = model.OutputCount;
        if (model.Meaning.Task is MlpTask.Binary or MlpTask.MultiLabel)
        {
            graph.AddNode("Identity", Score, [output]);
            ModelNodes.AddLink(graph, OutputLink.Sigmoid, Probability, output);
            graph.AddNode("Greater", PredictedLabel, [output, graph.AddConstant("threshold", [0f])]);
            return
            [
                new(PredictedLabel, OnnxElement.Boolean, width), new(Score, OnnxElement.Single, width), new(Probability, OnnxElement.Single, width),
            ];
        }
        string score = ModelNodes.AddLink(graph, model.Link, Score, output);
        IReadOnlyList<OnnxOutput> classes = model.Meaning.Task == MlpTask.Multiclass ? AddClasses(graph, score, model.Meaning.Names, classesAsKeys) : [];
        return [.. classes, new(Score, OnnxElement.Single, width)];
    }

    /// <summary>The class of the largest score, the first among equals.</summary>
    private static IReadOnlyList<OnnxOutput> AddClasses(IOnnxGraph graph, string score, LabelValues? classes, bool asKeys)
    {
        string index = graph.AddNode("ArgMax", PredictedLabelIndex, [score], OnnxAttribute.Axis(1), new OnnxAttribute("keepdims", 1));
        if (asKeys)
        {
            graph.AddNode("Cast", PredictedLabel, [AddKey(graph, "key", index)], new OnnxAttribute("to", (long)OnnxElement.UInt32));
            return [new(PredictedLabel, OnnxElement.UInt32, 1)];
        }
        OnnxElement element = OnnxElement.Int64;
        if (classes is null)
            AddKey(graph, PredictedLabel, index);
        else if (classes.ToIntegers() is long[] integers)
            graph.AddNode("Gather", PredictedLabel, [graph.AddConstant("classes", integers, integers.Length), index]);
        else
        {
            graph.AddNode("Gather", PredictedLabel, [graph.AddConstant("classes", classes.ToTexts()), index]);
            element = OnnxElement.Text;
        }
        return [new(PredictedLabel, element, 1), new(PredictedLabelIndex, OnnxElement.Int64, 1)];
    }

    private static string AddKey(IOnnxGraph graph, string name, string index) =>
        graph.AddNode("Add", name, [index, graph.AddConstant("firstKey", (long[])[1])]);
}
