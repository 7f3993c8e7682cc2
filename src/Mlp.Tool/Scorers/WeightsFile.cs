using System.Runtime.InteropServices;
using System.Text;
using Mlp.Data;
using Mlp.Models.Intervals;
using Mlp.Networks;

namespace Mlp.Tool.Scorers;

/// <summary>A model and the tables of its categories as Mlp.Scoring reads them; its class Scorer has the format in words.</summary>
internal sealed class WeightsFile
{
    // "MLPS" and the version of the format.
    private const int Magic = 0x53504C4D, Version = 3;

    private readonly BinaryWriter _writer;

    private WeightsFile(Stream stream) => _writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Writes them.</summary>
    /// <param name="stream">Not closed.</param>
    /// <param name="model">The networks.</param>
    /// <param name="tables">Values of categories, table after table.</param>
    /// <param name="numbers">Parameters of vectors.</param>
    /// <param name="intervals">Around the predictions; null for none.</param>
    public static void Write(
        Stream stream, Model<float> model, IReadOnlyList<IReadOnlyList<string>> tables, IReadOnlyList<float[]> numbers,
        IntervalModel<float>? intervals = null)
    {
        var file = new WeightsFile(stream);
        file.Write(Magic);
        file.Write(Version);
        file.WriteTexts([model.Fingerprint]);
        file.Write(tables.Count);
        foreach (IReadOnlyList<string> table in tables)
            file.WriteTexts(table);
        file.Write(numbers.Count);
        foreach (float[] vector in numbers)
        {
            file.Write(vector.Length);
            file.Write(vector.AsSpan());
        }
        FeatureLayout layout = model.Layout ?? FeatureLayout.Dense(model.FeatureCount);
        file.WriteLayout(layout);
        file.WriteScaling(model.Scaling);
        file.WriteScaling(model.SparseScaling);
        file.Write(model.Middles is not null ? 1 : 0);
        file.Write(model.Middles ?? []);
        file.WriteEnsemble(model);
        file.WriteIntervals(intervals);
        file._writer.Flush();
    }

    private void Write(int value) => _writer.Write(value);

    private void Write(ReadOnlySpan<float> values) => _writer.Write(MemoryMarshal.AsBytes(values));

    private void Write(IEnumerable<int> values)
    {
        foreach (int value in values)
            _writer.Write(value);
    }

    private void WriteTexts(IReadOnlyList<string> texts)
    {
        Write(texts.Count);
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.Unicode.GetBytes(text);
            Write(bytes.Length);
            _writer.Write(bytes);
        }
    }

    private void WriteLayout(FeatureLayout layout)
    {
        Write(layout.SlotCount);
        Write(layout.NumberSlots.Length);
        Write(layout.NumberSlots);
        Write(layout.Categories.Length);
        Write(layout.Categories.Select(category => category.First));
        Write(layout.Categories.Select(category => category.ValueCount));
        Write(layout.Bins.Length);
        foreach (BinnedNumber bins in layout.Bins)
            WriteBins(bins);
        Write(layout.Crosses.Length);
        foreach (CrossedCategory cross in layout.Crosses)
        {
            WriteColumn(cross.First);
            WriteColumn(cross.Second);
        }
        Write(layout.KeyCounts.Length);
        Write(layout.KeyCounts);
        Write(layout.SparseSlots.Length);
        Write(layout.SparseSlots);
    }

    private void WriteBins(BinnedNumber bins)
    {
        Write(bins.Number);
        Write(bins.Edges.Length);
        Write([.. bins.Edges.Select(edge => (float)edge)]);
    }

    private void WriteColumn(CrossedColumn column)
    {
        Write(column.Category);
        if (column.Bins is null)
            Write(column.ValueCount);
        else
            WriteBins(column.Bins);
    }

    private void WriteScaling(FeatureScaling<float>? scaling)
    {
        Write(scaling is null ? 0 : 1);
        if (scaling is null)
            return;
        Write(scaling.Offsets);
        Write(scaling.Factors);
        Write([scaling.Limit ?? 0]);
        Write(scaling.Curves.Length);
        foreach (FeatureCurve<float> curve in scaling.Curves)
        {
            Write(curve.Feature);
            Write(curve.Inputs.Length);
            Write(curve.Inputs);
            Write(curve.Outputs);
        }
    }

    private void WriteEnsemble(Model<float> model)
    {
        WriteShape(model.Network);
        WriteOutputs(model);
        foreach (Network<float> network in model.Networks)
            WriteNetwork(network);
    }

    private void WriteIntervals(IntervalModel<float>? intervals)
    {
        Write(intervals?.Levels.Length ?? 0);
        if (intervals is null)
            return;
        Write(intervals.BinCount);
        Write(intervals.Edges);
        Write(intervals.Multipliers);
        Write(intervals.Minima);
        Write(intervals.Maxima);
        Write(intervals.Scales is null ? 0 : 1);
        if (intervals.Scales is not null)
            WriteEnsemble(intervals.Scales);
    }

    private void WriteShape(Network<float> network)
    {
        InputDescription inputs = network.Inputs;
        Write(inputs.MissingColumns.Count);
        Write(inputs.MissingColumns);
        Write(inputs.Categories.Select(category => category.Width));
        PeriodicEmbedding<float>? embedding = network.Embedding;
        Write(embedding?.Columns.Count ?? 0);
        Write(embedding?.Columns ?? []);
        Write(embedding?.FrequencyCount ?? 0);
        Write(embedding?.OutputsPerColumn ?? 0);
        Write(network.Layers.Count);
        foreach (DenseLayer<float> layer in network.Layers)
        {
            Write(layer.UnitCount);
            Write((int)layer.Activation);
            Write(layer.BiasTensor is null ? 0 : 1);
        }
    }

    private void WriteOutputs(Model<float> model)
    {
        Write((int)model.Link);
        _writer.Write(model.Temperature);
        double[] offsets = model.MeanOutputOffsets();
        Write(offsets.Length > 0 ? 1 : 0);
        foreach (double offset in offsets)
            _writer.Write(offset);
        Write(model.Range is null ? 0 : 1);
        if (model.Range is { } range)
        {
            Write(range.Minima);
            Write(range.Maxima);
        }
        Write(model.Networks.Count);
    }

    private void WriteNetwork(Network<float> network)
    {
        InputEncoder<float>? encoder = network.Encoder;
        if (encoder is not null)
        {
            Write(encoder.MissingValues);
            for (int category = 0; category < network.Inputs.Categories.Count; category++)
            {
                Write(encoder.Base(category));
                Write(encoder.Table(category));
            }
        }
        if (network.Embedding is { } embedding)
        {
            Write(embedding.Frequencies);
            Write(embedding.Phases);
            Write(embedding.Weights);
            Write(embedding.Biases);
        }
        Write(network.Layers[0].SparseWeights);
        foreach (DenseLayer<float> layer in network.Layers)
        {
            Write(layer.Weights);
            Write(layer.Biases);
        }
    }
}
