using Mlp.Data;

namespace Mlp.MLNet.Onnx;

/// <summary>Categories as nodes: from flags to an index, and from there to what a network has learnt of the value.</summary>
internal static class CategoryNodes
{
    /// <summary>The index of each category, int64 [rows]: v where slot v − 1 of its range holds 1 and all others 0, otherwise 0.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="categories">Ranges of slots.</param>
    /// <param name="features">[rows x features].</param>
    /// <remarks>
    /// A flag of 0 counts 0, one of 1 counts 1, and anything else, NaN too, counts 2: a value is known where the sum is 1, and then it is
    /// the place of the maximum. Sums in single precision are exact up to 2²⁴, and none above is rounded to 1.
    /// </remarks>
    public static IReadOnlyList<string> AddIndices(IOnnxGraph graph, IReadOnlyList<CategorySlots> categories, string features)
    {
        string zero = graph.AddConstant("categories/zero", [0f]), one = graph.AddConstant("categories/one", [1f]),
            two = graph.AddConstant("categories/two", [2f]);
        string axis = graph.AddConstant("categories/axis", (long[])[1], 1), unknown = graph.AddConstant("categories/unknown", (long[])[0]),
            first = graph.AddConstant("categories/first", (long[])[1]);
        return [.. categories.Select((slots, index) => AddIndex(slots, $"category{index + 1}"))];

        string AddIndex(CategorySlots slots, string name)
        {
            string start = graph.AddConstant($"{name}/start", (long[])[slots.First], 1);
            string end = graph.AddConstant($"{name}/end", (long[])[(long)slots.First + slots.ValueCount], 1);
            string flags = graph.AddNode("Slice", $"{name}/flags", [features, start, end, axis]);
            string others = graph.AddNode(
                "Where", $"{name}/others", [graph.AddNode("Equal", $"{name}/areOne", [flags, one]), one, two]);
            string counts = graph.AddNode(
                "Where", $"{name}/counts", [graph.AddNode("Equal", $"{name}/areZero", [flags, zero]), zero, others]);
            string sum = graph.AddNode(
                "ReduceSum", $"{name}/sum", [counts], new OnnxAttribute("axes", Integers: [1]), new OnnxAttribute("keepdims", 0));
            string place = graph.AddNode("ArgMax", $"{name}/place", [counts], OnnxAttribute.Axis(1), new OnnxAttribute("keepdims", 0));
            return graph.AddNode(
                "Where", $"{name}/index",
                [graph.AddNode("Equal", $"{name}/isKnown", [sum, one]), graph.AddNode("Add", $"{name}/value", [place, first]), unknown]);
        }
    }

    /// <summary>The index of each key column, int64 [rows]: the key where the model knows it, otherwise 0.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="counts">Values that the model knows of each.</param>
    /// <param name="keys">Whole numbers of any kind, one a row.</param>
    public static IReadOnlyList<string> AddKeys(IOnnxGraph graph, IReadOnlyList<int> counts, IReadOnlyList<string> keys)
    {
        if (counts.Count == 0)
            return [];
        string rows = graph.AddConstant("keys/shape", (long[])[-1], 1), unknown = graph.AddConstant("keys/unknown", (long[])[0]);
        return [.. counts.Select((count, index) => AddKey(keys[index], count, $"keys/{index + 1}"))];

        string AddKey(string key, int count, string name)
        {
            string number = graph.AddNode("Cast", $"{name}/number", [key], new OnnxAttribute("to", (long)OnnxElement.Int64));
            string positive = graph.AddNode(
                "Max", $"{name}/positive", [graph.AddNode("Reshape", $"{name}/rows", [number, rows]), unknown]);
            string isBeyond = graph.AddNode(
                "Greater", $"{name}/isBeyond", [positive, graph.AddConstant($"{name}/last", (long[])[count])]);
            return graph.AddNode("Where", $"{name}/index", [isBeyond, unknown, positive]);
        }
    }

    /// <summary>The value of each pair of columns, int64 [rows]; 0 where one of the two is not known.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="crosses">The pairs.</param>
    /// <param name="indices">Of the categories with slots.</param>
    /// <param name="numbers">[rows x numbers], not scaled; null where there are none.</param>
    public static IReadOnlyList<string> AddCrosses(
        IOnnxGraph graph, IReadOnlyList<CrossedCategory> crosses, IReadOnlyList<string> indices, string? numbers)
    {
        if (crosses.Count == 0)
            return [];
        string zero = graph.AddConstant("crosses/unknown", (long[])[0]);
        return [.. crosses.Select((cross, index) => AddCross(cross, $"crosses{index + 1}"))];

        string AddCross(CrossedCategory cross, string name)
        {
            (string first, string second) = (AddColumn(cross.First, $"{name}/first"), AddColumn(cross.Second, $"{name}/second"));
            // (first − 1) · count + second, as first · count + (second − count).
            string count = graph.AddConstant($"{name}/count", (long[])[cross.Second.ValueCount]);
            string value = graph.AddNode(
                "Add", $"{name}/value",
                [graph.AddNode("Mul", $"{name}/before", [first, count]), graph.AddNode("Sub", $"{name}/within", [second, count])]);
            string product = graph.AddNode("Mul", $"{name}/product", [first, second]);
            return graph.AddNode(
                "Where", $"{name}/index", [graph.AddNode("Equal", $"{name}/isUnknown", [product, zero]), zero, value]);
        }

        string AddColumn(CrossedColumn column, string name)
        {
            if (column.Bins is { } bins)
                return AddBin(graph, bins, name, numbers!);
            // A value that has come to the category since is none of the pair's.
            string isBeyond = graph.AddNode(
                "Greater", $"{name}/isBeyond",
                [indices[column.Category], graph.AddConstant($"{name}/last", (long[])[column.ValueCount])]);
            return graph.AddNode("Where", $"{name}/known", [isBeyond, zero, indices[column.Category]]);
        }
    }

    /// <summary>The bin of each of some numbers, int64 [rows]: 1 and one more for every edge that is not above the number; 0 for NaN.
    /// </summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="bins">Which numbers, and their edges.</param>
    /// <param name="numbers">[rows x numbers], not scaled.</param>
    public static IReadOnlyList<string> AddBins(IOnnxGraph graph, IReadOnlyList<BinnedNumber> bins, string numbers)
    {
        if (bins.Count == 0)
            return [];
        return [.. bins.Select((each, index) => AddBin(graph, each, $"bins{index + 1}", numbers))];
    }

    private static string AddBin(IOnnxGraph graph, BinnedNumber each, string name, string numbers)
    {
        string column = graph.AddNode(
            "Gather", $"{name}/number", [numbers, graph.AddConstant($"{name}/column", (long[])[each.Number], 1)],
            OnnxAttribute.Axis(1));
        // Any number is above the first of these, and NaN above none.
        float[] edges = [float.NegativeInfinity, .. each.Edges.Select(edge => (float)edge)];
        string limits = graph.AddConstant($"{name}/edges", edges, 1, edges.Length);
        string areAbove = graph.AddNode("GreaterOrEqual", $"{name}/areAbove", [column, limits]);
        string counts = graph.AddNode("Cast", $"{name}/counts", [areAbove], new OnnxAttribute("to", (long)OnnxElement.Single));
        string sum = graph.AddNode(
            "ReduceSum", $"{name}/sum", [counts], new OnnxAttribute("axes", Integers: [1]), new OnnxAttribute("keepdims", 0));
        return graph.AddNode("Cast", $"{name}/index", [sum], new OnnxAttribute("to", (long)OnnxElement.Int64));
    }

    /// <summary>e(0) = base, e(v) = base + table[v − 1], as [rows x width].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="start">base.</param>
    /// <param name="table">[values x width].</param>
    /// <param name="index">v [rows].</param>
    public static string AddEmbedding(
        IOnnxGraph graph, string name, ReadOnlySpan<float> start, ReadOnlySpan<float> table, string index)
    {
        float[] rows = RowsOf(start, table);
        string values = graph.AddConstant($"{name}/values", rows, rows.Length / start.Length, start.Length);
        return graph.AddNode("Gather", name, [values, index], OnnxAttribute.Axis(0));
    }

    /// <summary>The embeddings of several networks, [networks x rows x width].</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="networks">Their encoders have what they learnt.</param>
    /// <param name="category">Which one.</param>
    /// <param name="index">v [rows].</param>
    public static string AddEmbeddings(
        IOnnxGraph graph, string name, IReadOnlyList<Network<float>> networks, int category, string index)
    {
        float[] rows = EnsembleNetworkNodes.Stack(
            networks.Select(network => RowsOf(network.Encoder!.Base(category), network.Encoder.Table(category))));
        int width = networks[0].Encoder!.Base(category).Length;
        string values = graph.AddConstant($"{name}/values", rows, networks.Count, rows.Length / networks.Count / width, width);
        return graph.AddNode("Gather", name, [values, index], OnnxAttribute.Axis(1));
    }

    private static float[] RowsOf(ReadOnlySpan<float> start, ReadOnlySpan<float> table)
    {
        var rows = new float[start.Length + table.Length];
        for (int place = 0; place < rows.Length; place++)
            rows[place] = start[place % start.Length] + (place < start.Length ? 0 : table[place - start.Length]);
        return rows;
    }
}
