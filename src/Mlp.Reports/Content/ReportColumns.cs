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
    private readonly TaskDefinition _task;

    private ReportColumns(IDataView data, MlpTransformerBase model, DataViewSchema.Column features, DataViewSchema.Column label)
    {
        (_data, _model, _features, _label) = (data, model, features, label);
        _task = model.Task.ReadingAs(model.Model.Label);
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    public static ReportColumns Find(IDataView transformed, MlpTransformerBase model, string labelColumnName)
    {
        DataViewSchema.Column features = TrainedModels.FindFeatures(transformed.Schema, model);
        DataViewSchema.Column label = SchemaChecks.FindLabel(transformed.Schema, labelColumnName);
        model.Task.CheckLabel(label);
        model.Task.CheckNames(label, model.Model.Label);
        return new ReportColumns(transformed, model, features, label);
    }

    /// <summary>All rows, or a sample of them.</summary>
    /// <param name="seed">Of the sample.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    public ReportRows Read(int seed, CancellationToken cancellationToken)
    {
        int targetCount = _label.Type is VectorDataViewType vector ? vector.Size : 1;
        var rows = new ReportRows(_model.Model.InputCount, targetCount, seed: seed)
        {
            KeepsMissing = _model.Model.Model.Middles is not null,
        };
        var features = new float[_model.Model.InputCount];
        var targets = new float[targetCount];
        using DataViewRowCursor cursor = _data.GetRowCursor([_features, _label]);
        var featureColumn = new FeatureColumn(cursor, _features);
        LabelReader labelReader = _task.CreateLabelReader(cursor, _label, _model.Model.Link);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            featureColumn.Read(features);
            if (labelReader.TryRead(targets) is not null)
                targets[0] = float.NaN;
            rows.Add<float>(features, targets);
        }
        return rows;
    }

    /// <summary>The names of the slots; null when there are none.</summary>
    public IReadOnlyList<string>? FeatureNames() => FeatureSlots.NamesOf(_features);

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
