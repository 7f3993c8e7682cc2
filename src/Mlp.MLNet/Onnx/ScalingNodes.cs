namespace Mlp.MLNet.Onnx;

/// <summary>The scaling of features as nodes.</summary>
internal static class ScalingNodes
{
    // As the smooth clip of FeatureScaling: far beyond the limit, where the square of the ratio overflows.
    private const float FarRatio = 1e9f;

    /// <summary>z = (x − offset) · factor; with a limit c, z / √(1 + (z / c)²); or a curve.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="scaling">One value per column.</param>
    /// <param name="features">x [rows x columns].</param>
    /// <returns>The result; and the value before the limit, which is NaN wherever the engine's result is.</returns>
    public static (string Scaled, string Unlimited) Add(IOnnxGraph graph, FeatureScaling<float> scaling, string features)
    {
        string centred = graph.AddNode(
            "Sub", "scaling/centred", [features, graph.AddConstant("scaling/offsets", scaling.Offsets, scaling.Offsets.Length)]);
        (string scaled, string unlimited) = AddFactors(graph, "scaling", scaling, centred);
        if (scaling.Curves.Length > 0)
            scaled = CurveNodes.Add(graph, scaling.Curves, features, scaled, scaling.Offsets.Length);
        return (scaled, unlimited);
    }

    /// <summary>The nodes for sparse slots: all offsets are 0, so that a 0 stays 0.</summary>
    public static string AddSparse(IOnnxGraph graph, FeatureScaling<float> scaling, string slots) =>
        AddFactors(graph, "sparse", scaling, slots).Scaled;

    private static (string Scaled, string Unlimited) AddFactors(
        IOnnxGraph graph, string name, FeatureScaling<float> scaling, string centred)
    {
        string factors = graph.AddConstant($"{name}/factors", scaling.Factors, scaling.Factors.Length);
        string scaled = graph.AddNode("Mul", $"{name}/scaled", [centred, factors]);
        if (scaling.Limit is not float limit)
            return (scaled, scaled);
        string limitName = graph.AddConstant($"{name}/limit", [limit]);
        string ratio = ModelNodes.AddBounds(
            graph, $"{name}/ratio", graph.AddNode("Div", $"{name}/ratio/unbounded", [scaled, limitName]),
            graph.AddConstant($"{name}/ratio/minimum", [-FarRatio]), graph.AddConstant($"{name}/ratio/maximum", [FarRatio]));
        string square = graph.AddNode("Mul", $"{name}/square", [ratio, ratio]);
        string root = graph.AddNode(
            "Sqrt", $"{name}/root", [graph.AddNode("Add", $"{name}/sum", [square, graph.AddConstant($"{name}/one", [1f])])]);
        return (graph.AddNode("Div", $"{name}/clipped", [graph.AddNode("Mul", $"{name}/unclipped", [ratio, limitName]), root]), scaled);
    }
}
