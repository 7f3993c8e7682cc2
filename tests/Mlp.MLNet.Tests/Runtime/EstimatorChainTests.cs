using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Mlp.MLNet.Tests.Runtime;

public class EstimatorChainTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Chain_FitsEachEstimatorToWhatTheOnesBeforeMade()
    {
        EstimatorChain<ITransformer> chain = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.CopyColumns("B", "A"))
            .Append<ITransformer>(_ml.Transforms.Concatenate("Features", "A", "B"));
        TransformerChain<ITransformer> model = chain.Fit(Data());
        Assert.Equal(2, model.Count());
        Assert.Same(model.Last(), model.LastTransformer);
        Assert.Equal(
            ["A: Single", "B: Single", "Features: Vector<Single, 2> {SlotNames}"],
            model.Transform(Data()).Schema.Select(column => column.ToString()));
        Assert.Equal([1f, 1f], model.Transform(Data()).GetColumn<float[]>("Features").First());
    }

    [Fact]
    public void Append_KeepsTheTypeOfTheLastEstimator()
    {
        EstimatorChain<ColumnConcatenatingTransformer> chain = _ml.Transforms.CopyColumns("B", "A")
            .Append(_ml.Transforms.Concatenate("Features", "A", "B"));
        Assert.NotNull(chain.LastEstimator);
        ColumnConcatenatingTransformer last = chain.Fit(Data()).LastTransformer;
        Assert.NotNull(last);
        Assert.Throws<ArgumentNullException>(() => chain.Append<ITransformer>(null!));
    }

    [Fact]
    public void Append_OfAChainNestsIt()
    {
        EstimatorChain<ColumnConcatenatingTransformer> inner = _ml.Transforms.CopyColumns("B", "A")
            .Append(_ml.Transforms.Concatenate("Features", "A", "B"));
        TransformerChain<TransformerChain<ColumnConcatenatingTransformer>> model
            = _ml.Transforms.CopyColumns("C", "A").Append(inner).Fit(Data());
        Assert.Equal(2, model.Count());
        Assert.Equal(2, model.LastTransformer.Count());
        Assert.NotNull(model.Transform(Data()).Schema.GetColumnOrNull("Features"));
    }

    [Fact]
    public void MissingColumn_IsFoundBeforeAnythingIsFitted()
    {
        int fits = 0;
        EstimatorChain<ColumnConcatenatingTransformer> chain = _ml.Transforms.CopyColumns("B", "A")
            .WithOnFitDelegate(_ => fits++)
            .Append(_ml.Transforms.Concatenate("Features", "A", "Nope"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Data()));
        Assert.Equal(0, fits);
    }

    [Fact]
    public void WithOnFitDelegate_HandsOutTheTransformer()
    {
        ColumnCopyingTransformer? seen = null;
        _ml.Transforms.CopyColumns("B", "A").WithOnFitDelegate(transformer => seen = transformer)
            .Append(_ml.Transforms.Concatenate("Features", "A", "B")).Fit(Data());
        Assert.NotNull(seen);
    }

    [Fact]
    public void Scopes_ChooseWhichTransformersTakePart()
    {
        TransformerChain<ITransformer> model = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(_ml.Transforms.CopyColumns("T", "A"), TransformerScope.TrainTest)
            .Append<ITransformer>(_ml.Transforms.CopyColumns("S", "A"))
            .Fit(Data());
        Assert.Equal(["A", "S"], Names(model.Transform(Data())));
        Assert.Equal(["A", "T", "S"], Names(model.Transform(Data(), TransformerScope.Everything)));
        Assert.Equal(["A", "T", "S"], Names(model.Transform(Data(), TransformerScope.Training)));
        Assert.Single(model.GetModelFor(TransformerScope.Scoring));
    }

    [Fact]
    public void TransformerChain_CanBeBuiltAndExtended()
    {
        ITransformer copy = _ml.Transforms.CopyColumns("B", "A").Fit(Data());
        ITransformer other = _ml.Transforms.CopyColumns("C", "B").Fit(copy.Transform(Data()));
        TransformerChain<ITransformer> chain = copy.Append(other);
        Assert.Equal(["A", "B", "C"], Names(chain.Transform(Data())));
        Assert.Equal(3, new TransformerChain<ITransformer>(copy).Append(other).Append(copy).Count());
        Assert.Null(new TransformerChain<ITransformer>().LastTransformer);
        Assert.True(((ITransformer)chain).IsRowToRowMapper);
        Assert.Equal(3, chain.GetOutputSchema(Data().Schema).Count);
        Assert.Equal(["A", "B", "C"], ((ITransformer)chain).GetRowToRowMapper(Data().Schema).OutputSchema.Select(column => column.Name));
    }

    [Fact]
    public void CacheCheckpoint_ReadsTheSourceOnceForAllThatFollows()
    {
        int rows = 0;
        IDataView data = _ml.Data.LoadFromEnumerable(Sequence());
        IEstimator<ITransformer> pipeline = _ml.Transforms.Concatenate("F", "A")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.NormalizeMinMax("F"))
            .Append(_ml.Transforms.NormalizeMeanVariance("F"));
        pipeline.Fit(data);
        Assert.Equal(3, rows);
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(_ml));

        IEnumerable<Row> Sequence()
        {
            foreach (float value in new[] { 1f, 2f, 3f })
            {
                rows++;
                yield return new Row { A = value };
            }
        }
    }

    private static IEnumerable<string> Names(IDataView data) => data.Schema.Select(column => column.Name);

    private IDataView Data() => _ml.Data.LoadFromEnumerable([new Row { A = 1 }, new Row { A = 2 }]);

    private sealed class Row
    {
        public float A { get; set; }
    }
}
