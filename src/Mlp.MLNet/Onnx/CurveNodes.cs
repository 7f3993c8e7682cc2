using Mlp.Data;

namespace Mlp.MLNet.Onnx;

/// <summary>The curves of skewed features as nodes: all of them at once.</summary>
internal static class CurveNodes
{
    private const string Name = "scaling/curves";

    /// <summary>Puts curves in the place of scaled columns.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="curves">At least one.</param>
    /// <param name="features">[rows x columns], not scaled.</param>
    /// <param name="scaled">[rows x columns].</param>
    /// <param name="columnCount">Columns.</param>
    public static string Add(
        IOnnxGraph graph, IReadOnlyList<FeatureCurve<float>> curves, string features, string scaled, int columnCount)
    {
        int width = curves.Max(curve => curve.Inputs.Length);
        string bounded = AddBounded(graph, curves, features);
        string piece = AddPiece(graph, curves, bounded, width);
        // y = y₀ + (y₁ − y₀) · ((x/2 − x₀/2) / (x₁/2 − x₀/2)), as the engine has it.
        string from = AddOfPiece("from", (curve, point) => 0.5f * curve.Inputs[point]);
        string length = AddOfPiece("length", (curve, point) => 0.5f * curve.Inputs[point + 1] - 0.5f * curve.Inputs[point]);
        string start = AddOfPiece("start", (curve, point) => curve.Outputs[point]);
        string rise = AddOfPiece("rise", (curve, point) => curve.Outputs[point + 1] - curve.Outputs[point]);
        string half = graph.AddNode("Mul", $"{Name}/half", [bounded, graph.AddConstant($"{Name}/oneHalf", [0.5f])]);
        string part = graph.AddNode("Div", $"{Name}/part", [graph.AddNode("Sub", $"{Name}/distance", [half, from]), length]);
        string bent = graph.AddNode("Add", $"{Name}/bent", [start, graph.AddNode("Mul", $"{Name}/risen", [rise, part])]);
        long[] places = [.. Enumerable.Range(0, columnCount).Select(column => (long)column)];
        for (int index = 0; index < curves.Count; index++)
            places[curves[index].Feature] = columnCount + index;
        return graph.AddNode(
            "Gather", Name,
            [graph.AddNode("Concat", $"{Name}/all", [scaled, bent], OnnxAttribute.Axis(1)),
                graph.AddConstant($"{Name}/places", places, places.Length)],
            OnnxAttribute.Axis(1));

        string AddOfPiece(string name, Func<FeatureCurve<float>, int, float> value)
        {
            float[] table = [.. curves.SelectMany(
                curve => Enumerable.Range(0, width).Select(point => point < curve.Inputs.Length - 1 ? value(curve, point) : 0))];
            return graph.AddNode(
                "Gather", $"{Name}/{name}", [graph.AddConstant($"{Name}/{name}/table", table, table.Length), piece], OnnxAttribute.Axis(0));
        }
    }

    /// <summary>The features with curves, within the outermost points, [rows x curves].</summary>
    private static string AddBounded(IOnnxGraph graph, IReadOnlyList<FeatureCurve<float>> curves, string features)
    {
        long[] columns = [.. curves.Select(curve => (long)curve.Feature)];
        float[] minima = [.. curves.Select(curve => curve.Inputs[0])], maxima = [.. curves.Select(curve => curve.Inputs[^1])];
        return ModelNodes.AddBounds(
            graph, $"{Name}/bounded",
            graph.AddNode(
                "Gather", $"{Name}/features", [features, graph.AddConstant($"{Name}/columns", columns, columns.Length)],
                OnnxAttribute.Axis(1)),
            graph.AddConstant($"{Name}/minima", minima, minima.Length), graph.AddConstant($"{Name}/maxima", maxima, maxima.Length));
    }

    /// <summary>The place in a table of all curves' points at which the piece of each value begins, int64 [rows x curves].</summary>
    private static string AddPiece(IOnnxGraph graph, IReadOnlyList<FeatureCurve<float>> curves, string bounded, int width)
    {
        // A curve with fewer points is filled up with points that no number reaches.
        float[] points =
        [
            .. curves.SelectMany(curve => Enumerable.Range(0, width).Select(
                point => point < curve.Inputs.Length ? curve.Inputs[point] : float.PositiveInfinity)),
        ];
        string areReached = graph.AddNode(
            "GreaterOrEqual", $"{Name}/areReached",
            [graph.AddNode("Unsqueeze", $"{Name}/columns3", [bounded], new OnnxAttribute("axes", Integers: [2])),
                graph.AddConstant($"{Name}/points", points, curves.Count, width)]);
        string reached = graph.AddNode(
            "ReduceSum", $"{Name}/reached",
            [graph.AddNode("Cast", $"{Name}/counts", [areReached], new OnnxAttribute("to", (long)OnnxElement.Single))],
            new OnnxAttribute("axes", Integers: [2]), new OnnxAttribute("keepdims", 0));
        float[] lastPieces = [.. curves.Select(curve => curve.Inputs.Length - 2f)],
            firsts = [.. Enumerable.Range(0, curves.Count).Select(index => (float)index * width)];
        string piece = ModelNodes.AddBounds(
            graph, $"{Name}/piece",
            graph.AddNode("Sub", $"{Name}/before", [reached, graph.AddConstant($"{Name}/one", [1f])]),
            graph.AddConstant($"{Name}/firstPiece", [0f]), graph.AddConstant($"{Name}/lastPieces", lastPieces, curves.Count));
        return graph.AddNode(
            "Cast", $"{Name}/place",
            [graph.AddNode("Add", $"{Name}/number", [piece, graph.AddConstant($"{Name}/firsts", firsts, curves.Count)])],
            new OnnxAttribute("to", (long)OnnxElement.Int64));
    }
}
