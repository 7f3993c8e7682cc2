using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>A model of fixed weights over three features, written against the public interfaces only.</summary>
/// <typeparam name="TOutput">A row with scores.</typeparam>
internal sealed class LinearScorer<TOutput>(MLContext ml, Func<ScoredInput, TOutput> score) : ISingleFeaturePredictionTransformer<object>
    where TOutput : class
{
    public object Model { get; } = new();

    public string FeatureColumnName => "Features";

    public DataViewType FeatureColumnType { get; } = new VectorDataViewType(NumberDataViewType.Single, 3);

    public bool IsRowToRowMapper => false;

    public IDataView Transform(IDataView input)
        => ml.Data.LoadFromEnumerable(ml.Data.CreateEnumerable<ScoredInput>(input, reuseRowObject: false).Select(score).ToArray());

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => ml.Data.LoadFromEnumerable(Array.Empty<TOutput>()).Schema;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

    /// <summary>The same model as ML.NET's own ones appear to it: with an internal interface on top.</summary>
    public ITransformer AsBuiltIn()
    {
        Type builtIn = typeof(TransformerChain<>).Assembly.GetType("Microsoft.ML.ISingleFeaturePredictionTransformer", throwOnError: true)!;
        var proxy = (BuiltInScorer)DispatchProxy.Create(builtIn, typeof(BuiltInScorer));
        proxy.Scorer = this;
        return proxy;
    }
}
