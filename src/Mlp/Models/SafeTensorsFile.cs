using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Mlp.Data;
using Mlp.Models;
using Mlp.Networks;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <summary>Weights to and from PyTorch, in safetensors files: named arrays of numbers and nothing that could be executed.</summary>
/// <remarks>
/// <para>
/// Names and shapes are those of a <c>torch.nn.Sequential</c> of <c>torch.nn.Linear</c> and activations: <c>0.weight</c> [units x inputs],
/// <c>0.bias</c> [units], <c>2.weight</c>, ... An activation takes an index of its own, the identity none.
/// </para>
/// <code>
/// file      uint64    bytes of the header, at most 100,000,000
/// header    JSON: {"__metadata__": {name: text, ...}, name: {"dtype": "F32", "shape": [64, 10], "data_offsets": [begin, end]},
/// ...}           data      little-endian numbers, tensor after tensor without gaps; offsets count from here
/// </code>
/// </remarks>
public static class SafeTensorsFile
{
    /// <summary>Writes the layers of a model.</summary>
    /// <param name="stream">Takes the bytes; it is not closed.</param>
    /// <param name="model">Is written exactly: in F32 for float, F64 for double.</param>
    /// <param name="prefix">What all names begin with, "model.layers." say; nothing unless given.</param>
    /// <remarks>
    /// Several networks have their zero-based index and a point before their names: <c>0.0.weight</c>, as a torch.nn.ModuleList has. The
    /// parts of a <see cref="PeriodicEmbedding{T}"/> are <c>embedding.frequencies</c>, <c>embedding.phases</c> [columns x frequencies],
    /// <c>embedding.weight</c> [columns x outputs x frequencies] and <c>embedding.bias</c> [columns x outputs]; no module of PyTorch has
    /// them. Models whose features are not all numbers have <c>missing.values</c> [columns that may be missing]; per category, counted
    /// from 0, <c>category0.unknown</c> [width] and <c>category0.weight</c> [values x width], the difference of each value from that; and
    /// <c>sparse.weight</c> [slots x units], whose products are added to the sums of the first layer: its own weights may have 0 columns.
    /// <see cref="Network{T}.OutputOffsets"/> are part of the last layer's biases, in the file's precision. The metadata tells in
    /// words what else the model does: activations, link, and, where there are such, which features are numbers, categories and sparse
    /// slots, what stands for missing numbers, the scaling of features, temperature and range.
    /// </remarks>
    public static void Write<T>(Stream stream, Model<T> model, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prefix);
        LittleEndianReader.CheckLittleEndian();
        var tensors = model.Networks.SelectMany((network, index) =>
            SafeTensorsLayers.Of(network, model.Networks.Count == 1 ? prefix : $"{prefix}{index}.")).ToList();
        var entries = new List<SafeTensorsEntry>();
        long end = 0;
        foreach ((string name, long[] shape, ReadOnlyMemory<T> values) in tensors)
        {
            long begin = end;
            end += (long)values.Length * Marshal.SizeOf<T>();
            entries.Add(new SafeTensorsEntry(name, Marshal.SizeOf<T>() == 4 ? "F32" : "F64", shape, begin, end, Position: 0));
        }
        byte[] header = SafeTensorsHeader.Compose(entries, Describe(model));
        Span<byte> length = stackalloc byte[SafeTensorsHeader.PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        var writer = new LittleEndianWriter(stream);
        writer.Write(length);
        writer.Write(header);
        foreach ((_, _, ReadOnlyMemory<T> values) in tensors)
            writer.WriteValues(values.Span);
    }

    /// <summary>Reads a network.</summary>
    /// <param name="stream">Gives the bytes, to its end; it need not be seekable, and is not closed.</param>
    /// <param name="activation">Of the hidden layers: a file has numbers and no functions.</param>
    /// <param name="outputActivation">Of the last layer; none unless given.</param>
    /// <param name="prefix">What the names of the layers begin with; tensors with other names are left out. Nothing unless given.</param>
    /// <typeparam name="T">F64, F32, F16 and BF16 are converted to it.</typeparam>
    /// <returns>A network without embedding; layers without a bias have none.</returns>
    /// <exception cref="SafeTensorsException">It is not an intact safetensors file, or what it has is no such network; the message says
    /// where and why.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static Network<T> Read<T>(
        Stream stream, Activation activation, Activation outputActivation = Activation.Identity, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(prefix);
        RangeCheck.Defined(activation, nameof(activation));
        RangeCheck.Defined(outputActivation, nameof(outputActivation));
        var reader = new SafeTensorsReader(stream);
        List<SafeTensorsEntry> entries = reader.ReadHeader();
        var layers = SafeTensorsLayers.Find(entries, prefix);
        var values = new Dictionary<SafeTensorsEntry, T[]?>();
        foreach ((SafeTensorsEntry weights, SafeTensorsEntry? biases) in layers)
        {
            values[weights] = null;
            if (biases is not null)
                values[biases] = null;
        }
        long count = values.Keys.Sum(entry => (entry.End - entry.Begin) / entry.ElementSize);
        if (count > Limits.ArrayLength)
        {
            throw new SafeTensorsException(
                $"Safetensors file holds {count:N0} weights and biases; at most {Limits.ArrayLength:N0} fit in an array.",
                SafeTensorsHeader.PrefixLength);
        }
        foreach (SafeTensorsEntry entry in entries)
        {
            if (values.ContainsKey(entry))
                values[entry] = reader.ReadValues<T>(entry);
            else
                reader.Skip(entry);
        }
        reader.CheckEnd();

        DenseLayerDescription[] descriptions = [.. layers.Select((layer, index) =>
            Layer.Dense((int)layer.Weights.Shape[0], index == layers.Count - 1 ? outputActivation : activation)
            with { HasBiases = layer.Biases is not null })];
        var network = Network<T>.CreateBlank(new InputDescription((int)layers[0].Weights.Shape[1]), embedding: null, descriptions);
        foreach (((SafeTensorsEntry weights, SafeTensorsEntry? biases), DenseLayer<T> layer) in layers.Zip(network.Layers))
        {
            values[weights].CopyTo(layer.Weights);
            if (biases is not null)
                values[biases].CopyTo(layer.Biases);
        }
        return network;
    }

    private static Dictionary<string, string> Describe<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var texts = new Dictionary<string, string>
        {
            ["format"] = "pt",
            ["activations"] = string.Join(", ", model.Network.Layers.Select(layer => layer.Activation)),
            ["link"] = $"{model.Link}",
        };
        if (model.Network.Embedding is { } embedding)
            texts["embedding.columns"] = Text<int>([.. embedding.Columns]);
        DescribeInputs(model, texts);
        if (model.Scaling is { } scaling)
        {
            texts["scaling.offsets"] = Text(scaling.Offsets);
            texts["scaling.factors"] = Text(scaling.Factors);
            if (scaling.Limit is { } limit)
                texts["scaling.limit"] = Text<T>([limit]);
            foreach (FeatureCurve<T> curve in scaling.Curves)
            {
                texts[$"scaling.curve{curve.Feature}.inputs"] = Text<T>(curve.Inputs);
                texts[$"scaling.curve{curve.Feature}.outputs"] = Text<T>(curve.Outputs);
            }
        }
        if (model.Temperature != 1)
            texts["temperature"] = Text<double>([model.Temperature]);
        if (model.Range is { } range)
        {
            texts["range.minima"] = Text(range.Minima);
            texts["range.maxima"] = Text(range.Maxima);
        }
        return texts;
    }

    /// <summary>Which slots of a feature vector are what, and what is done to them.</summary>
    private static void DescribeInputs<T>(Model<T> model, Dictionary<string, string> texts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InputDescription inputs = model.Network.Inputs;
        if (model.Layout is { } layout)
        {
            texts["features"] = Text<int>([layout.SlotCount]);
            texts["number.slots"] = Text<int>(layout.NumberSlots);
            for (int index = 0; index < layout.CategoryCount; index++)
            {
                // A column of its own has no slots.
                texts[$"{SafeTensorsLayers.CategoryName(index)}.slots"] = index < layout.Categories.Length
                    ? Text<int>([.. Enumerable.Range(layout.Categories[index].First, layout.Categories[index].ValueCount)]) : "";
            }
            for (int index = 0; index < layout.Bins.Length; index++)
            {
                string name = SafeTensorsLayers.CategoryName(layout.Categories.Length + index);
                texts[$"{name}.number"] = Text<int>([layout.Bins[index].Number]);
                texts[$"{name}.edges"] = Text<double>(layout.Bins[index].Edges);
            }
            for (int index = 0; index < layout.Crosses.Length; index++)
            {
                string name = SafeTensorsLayers.CategoryName(layout.FirstCross + index);
                DescribeColumn($"{name}.first", layout.Crosses[index].First, texts);
                DescribeColumn($"{name}.second", layout.Crosses[index].Second, texts);
            }
            if (layout.SparseSlots.Length > 0)
                texts["sparse.slots"] = Text<int>(layout.SparseSlots);
        }
        if (model.SparseScaling is { } scaling)
        {
            texts["sparse.factors"] = Text(scaling.Factors);
            if (scaling.Limit is { } limit)
                texts["sparse.limit"] = Text<T>([limit]);
        }
        if (inputs.MissingColumns.Count > 0)
            texts["missing.columns"] = Text<int>([.. inputs.MissingColumns]);
        if (model.Middles is { } middles)
            texts["missing.middles"] = Text<T>(middles);
    }

    /// <summary>Half of a category that is a pair.</summary>
    private static void DescribeColumn(string name, CrossedColumn column, Dictionary<string, string> texts)
    {
        if (column.Bins is not { } bins)
        {
            texts[name] = SafeTensorsLayers.CategoryName(column.Category);
            return;
        }
        texts[$"{name}.number"] = Text<int>([bins.Number]);
        texts[$"{name}.edges"] = Text<double>(bins.Edges);
    }

    /// <summary>The shortest digits that give the same bits again.</summary>
    private static string Text<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T>
    {
        var texts = new string[values.Length];
        for (int index = 0; index < texts.Length; index++)
            texts[index] = values[index].ToString(null, CultureInfo.InvariantCulture);
        return string.Join(", ", texts);
    }
}
