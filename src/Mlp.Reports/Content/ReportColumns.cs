using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Reading;
using Mlp.MLNet.Tasks;

namespace Mlp.Reports.Content;

/// <summary>The columns that a report reads from data that the model has transformed.</summary>
internal sealed class ReportColumns
{
    private readonly IDataView _data;
    private readonly MlpTransformerBase _model;
    private readonly DataViewSchema.Column _features, _label;
    private readonly IReadOnlyList<DataViewSchema.Column> _keys;
    private readonly TaskDefinition _task;

    private ReportColumns(IDataView data, MlpTransformerBase model, InputColumns inputs, DataViewSchema.Column label)
    {
        (_data, _model, _features, _keys, _label) = (data, model, inputs.Features, inputs.Categories, label);
        _task = model.Task.ReadingAs(model.Model.Label);
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    public static ReportColumns Find(IDataView transformed, MlpTransformerBase model, string labelColumnName)
    {
        InputColumns inputs = TrainedModels.FindInputs(transformed.Schema, model);
        DataViewSchema.Column label = SchemaChecks.FindLabel(transformed.Schema, labelColumnName);
        model.Task.CheckLabel(label);
        model.Task.CheckNames(label, model.Model.Label);
        return new ReportColumns(transformed, model, inputs, label);
    }

    /// <summary>All rows, or a sample of them.</summary>
    /// <param name="seed">Of the sample.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    public ReportRows Read(int seed, CancellationToken cancellationToken)
    {
        int targetCount = _label.Type is VectorDataViewType vector ? vector.Size : 1, featureCount = _model.Model.InputCount;
        var rows = new ReportRows(featureCount + _keys.Count, targetCount, seed: seed)
        {
            KeepsMissing = _model.Model.EngineModel.Middles is not null,
        };
        // A key may be larger than the whole numbers that a float holds.
        var features = new float[featureCount];
        double[] values = new double[featureCount + _keys.Count], targetValues = new double[targetCount];
        var targets = new float[targetCount];
        using DataViewRowCursor cursor = _data.GetRowCursor([_features, .. _keys, _label]);
        var featureColumn = new FeatureColumn(cursor, _features);
        var keyReader = new KeyReader(cursor, _keys, _model.Model.KeyCounts);
        LabelReader labelReader = _task.CreateLabelReader(cursor, _label, _model.Model.Link);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            featureColumn.Read(features);
            if (labelReader.TryRead(targets) is not null)
                targets[0] = float.NaN;
            ReadOnlySpan<int> keys = keyReader.Read();
            for (int slot = 0; slot < featureCount; slot++)
                values[slot] = features[slot];
            for (int key = 0; key < keys.Length; key++)
                values[featureCount + key] = keys[key];
            for (int target = 0; target < targetCount; target++)
                targetValues[target] = targets[target];
            rows.Add<double>(values, targetValues);
        }
        return rows;
    }

    /// <summary>The names of the slots, and behind them of the key columns; null when there are none.</summary>
    public IReadOnlyList<string>? FeatureNames()
    {
        IEnumerable<string>? slots = FeatureSlots.NamesOf(_features);
        if (slots is null && _keys.Count > 0)
            slots = Enumerable.Range(0, _model.Model.InputCount).Select(slot => FeatureSlots.NumberOf(_features, slot));
        return slots is null ? null : [.. slots, .. _keys.Select(key => key.Name)];
    }

    /// <summary>What the values of each key column were called in training.</summary>
    public IReadOnlyList<Func<int, string>?> KeyNames() => [.. _model.Model.Categories.Select(
        category => category.Values is { } values ? key => values.NameOf(key - 1) : (Func<int, string>?)null)];

    /// <summary>The names of classes, labels or numbers; null when there are none.</summary>
    public IReadOnlyList<string>? OutputNames() => _label.Type switch
    {
        VectorDataViewType or KeyDataViewType => _task.NamesOf(_label) is { } names ? AllOf(names) : null,
        BooleanDataViewType => ["false", "true"],
        _ => null,
    };

    /// <summary>The slots that one-hot encodings made; null when the column has no such annotation.</summary>
    public IReadOnlyList<FeatureGroup>? FeatureGroups() => FeatureSlots.GroupsOf(_features);

    private static string[] AllOf(LabelValues values) => [.. Enumerable.Range(0, values.Count).Select(values.NameOf)];
}
