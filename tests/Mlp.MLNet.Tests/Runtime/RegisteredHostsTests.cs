using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>Each host that a component registers draws from the context's seed, so their number decides the seeds of what comes after.</summary>
public class RegisteredHostsTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly IEstimator<ITransformer> _pipeline;
    private readonly ITransformer _model;

    public RegisteredHostsTests()
    {
        _data = _ml.Data.LoadFromEnumerable([new Row { A = 1 }, new Row { A = 2 }]);
        _pipeline = _ml.Transforms.NormalizeMinMax("N", "A").Append(_ml.Transforms.Concatenate("F", "A", "N"));
        _model = _pipeline.Fit(_data);
    }

    [Fact]
    public void Setup_RegistersThree() => Assert.Equal(3, Registered(() => { }));

    [Fact]
    public void Objects_RegisterOne()
    {
        Assert.Equal(3 + 1, Registered(() => _ml.Data.LoadFromEnumerable<Row>([])));
        Assert.Equal(5 + 1, Registered(() => Assert.Equal(2, _ml.Data.CreateEnumerable<Row>(_data, false).Count())));
        Assert.Equal(7, Registered(() => Assert.Equal(2, _data.GetColumn<float>("A").Count())));
    }

    [Fact]
    public void FittingAndTransforming_RegisterNone()
        => Assert.Equal(3, Registered(() => _pipeline.Fit(_data).Transform(_data).GetColumn<float[]>("F").Count()));

    [Fact]
    public void CacheCheckpoint_RegistersOne()
        => Assert.Equal(3 + 1, Registered(() => _pipeline.AppendCacheCheckpoint(_ml).Append(_pipeline).Fit(_data)));

    [Fact]
    public void PredictionEngine_RegistersThree()
        => Assert.Equal(3 + 3, Registered(() => _ml.Model.CreatePredictionEngine<Row, Output>(_model).Predict(new Row())));

    [Fact]
    public void ModelFiles_RegisterForTheSchemaAndForEachTransformer()
    {
        using var stream = new MemoryStream();
        Assert.Equal(3, Registered(() => _ml.Model.Save(_model, null, new MemoryStream())));
        Assert.Equal(4 + 2, Registered(() => _ml.Model.Save(_model, _data.Schema, stream)));
        Assert.Equal(7 + 3, Registered(() => _ml.Model.Load(stream, out _)));
    }

    /// <summary>How many hosts the context has had after the action, which is how many draws it takes to meet its next seed.</summary>
    private int Registered(Action action)
    {
        action();
        double next = FirstNumberOfNextHost(_ml);
        var fresh = new MLContext(seed: 1);
        return Enumerable.Range(0, 100).First(_ => FirstNumberOfNextHost(fresh) == next);
    }

    private static double FirstNumberOfNextHost(MLContext ml) => ((IHostEnvironment)ml).Register("Host").Rand.NextDouble();

    private sealed class Row
    {
        public float A { get; set; }
    }

    private sealed class Output
    {
        public float[] F { get; set; } = null!;
    }
}
