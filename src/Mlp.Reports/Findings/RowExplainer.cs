using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Explanations;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Reading;
using Mlp.Reports.Content;

namespace Mlp.Reports.Findings;

/// <summary>Explains rows of a saved pipeline column by column, from the centre of its training rows. Any number of threads may use
/// it.</summary>
internal sealed class RowExplainer
{
    private readonly MLContext _ml;
    private readonly ITransformer _model;
    private readonly string _featureColumn;
    private readonly IReadOnlyList<CategoryValues> _keys;
    private readonly int[] _keyCounts;
    private readonly int _featureCount;
    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<FeatureGroup> _columns;

    /// <param name="ml">Explains.</param>
    /// <param name="model">A pipeline with a network.</param>
    /// <param name="schema">Of what it takes.</param>
    /// <exception cref="ArgumentException">The model has no network.</exception>
    public RowExplainer(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        (_ml, _model) = (ml, model);
        MlpTransformerBase network = TrainedModels.Find(model);
        DataViewSchema.Column features = TrainedModels.FindInputs(model.GetOutputSchema(schema), network).Features;
        _featureColumn = features.Name;
        (_keys, _keyCounts, _featureCount) = (network.Model.Categories, network.Model.KeyCounts, network.Model.InputCount);
        _names =
        [
            .. FeatureSlots.NamesOf(features) ?? [.. Enumerable.Range(1, _featureCount).Select(slot => $"feature {slot}")],
            .. _keys.Select(key => key.Name),
        ];
        _columns = ModelColumns.Create(WideModel.Of(network.Model.EngineModel), _names, FeatureSlots.GroupsOf(features) ?? []);
    }

    /// <summary>Explains every row.</summary>
    /// <param name="rows">With the columns that the model takes.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    public IEnumerable<RowContributions> Explain(IDataView rows, CancellationToken cancellationToken)
    {
        IDataView explained = _ml.Model.ExplainMlp(_model, rows);
        DataViewSchema schema = explained.Schema;
        DataViewSchema.Column features = schema[_featureColumn], all = schema["FeatureContributions"], from = schema["BaselineScore"],
            to = schema["ExplainedScore"], output = schema["ExplainedOutput"];
        DataViewSchema.Column[] keyColumns = [.. _keys.Select(key => schema[key.Name])];
        using DataViewRowCursor cursor = explained.GetRowCursor([features, .. keyColumns, all, from, to, output]);
        var readFeatures = new FeatureColumn(cursor, features);
        var readKeys = new KeyReader(cursor, keyColumns, _keyCounts);
        ValueGetter<VBuffer<float>> getContributions = cursor.GetGetter<VBuffer<float>>(all);
        ValueGetter<float> getFrom = cursor.GetGetter<float>(from), getTo = cursor.GetGetter<float>(to);
        ValueGetter<int> getOutput = cursor.GetGetter<int>(output);
        var values = new float[_names.Count];
        VBuffer<float> contributions = default;
        float baseline = 0, score = 0;
        int index = 0;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            readFeatures.Read(values.AsSpan(0, _featureCount));
            ReadOnlySpan<int> keys = readKeys.Read();
            for (int key = 0; key < keys.Length; key++)
                values[_featureCount + key] = keys[key];
            getContributions(ref contributions);
            getFrom(ref baseline);
            getTo(ref score);
            getOutput(ref index);
            yield return new RowContributions(index, baseline, score, SumUp(values, [.. contributions.DenseValues()]));
        }
    }

    private IReadOnlyList<(string, string, double)> SumUp(float[] features, float[] contributions)
    {
        double[] values = [.. features.Select(value => (double)value)];
        return [.. _columns
            .Select(column => (column.Name, ValueOf(column, values), SumOf(contributions, column)))
            .OrderByDescending(each => Math.Abs(each.Item3))];
    }

    private string ValueOf(FeatureGroup column, double[] values)
    {
        if (column.FirstFeature < _featureCount)
            return FeatureSlots.ValueOf(column, values, _names);
        var key = (int)values[column.FirstFeature];
        return key == 0 ? "missing or unknown"
            : _keys[column.FirstFeature - _featureCount].Values?.NameOf(key - 1) ?? key.ToString(CultureInfo.InvariantCulture);
    }

    private static double SumOf(float[] contributions, FeatureGroup column)
    {
        double sum = 0;
        foreach (float part in contributions.AsSpan(column.FirstFeature, column.FeatureCount))
            sum += part;
        return sum;
    }
}
