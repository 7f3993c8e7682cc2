using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Passes on to a scorer what is called through an interface that is internal to the runtime.</summary>
/// <remarks>The members are virtual because the proxy class that is made of this one at run time overrides them.</remarks>
public class BuiltInScorer : DispatchProxy, ISingleFeaturePredictionTransformer<object>
{
    internal ISingleFeaturePredictionTransformer<object> Scorer { get; set; } = null!;

    public virtual string FeatureColumnName => Scorer.FeatureColumnName;

    public virtual DataViewType FeatureColumnType => Scorer.FeatureColumnType;

    public virtual object Model => Scorer.Model;

    public virtual bool IsRowToRowMapper => Scorer.IsRowToRowMapper;

    public virtual IDataView Transform(IDataView input) => Scorer.Transform(input);

    public virtual DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Scorer.GetOutputSchema(inputSchema);

    public virtual IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Scorer.GetRowToRowMapper(inputSchema);

    public virtual void Save(ModelSaveContext ctx) => Scorer.Save(ctx);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => targetMethod!.Name == "get_FeatureColumnName"
            ? Scorer.FeatureColumnName
            : targetMethod.Invoke(Scorer, BindingFlags.DoNotWrapExceptions, null, args, null);
}
