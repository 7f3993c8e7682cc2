using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Explanations;

/// <summary>Explanations of a network that learnt from missing values, a category and sparse slots.</summary>
public class ExplainMixedTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    private readonly ITransformer _model;

    public ExplainMixedTests()
    {
        _data = MixedRows.View(_ml);
        _model = MixedRows.Fit(_ml, _data, _ml.Regression.Trainers.Mlp(MixedRows.Regression()));
    }

    [Fact]
    public void Contributions_AddUpInEveryRow_AndAreWhereTheRowHasSomething()
    {
        IDataView explained = _ml.Model.ExplainMlp(_model, _data);
        float[][] contributions = [.. explained.GetColumn<float[]>("FeatureContributions")],
            features = [.. explained.GetColumn<float[]>("Features")];
        float[] baselines = [.. explained.GetColumn<float>("BaselineScore")], scores = [.. explained.GetColumn<float>("Score")];
        Assert.Contains(features, row => float.IsNaN(row[0]));
        for (int row = 0; row < contributions.Length; row++)
        {
            Assert.Equal(scores[row] - baselines[row], contributions[row].Sum(), 0.01 * (1 + contributions[row].Sum(Math.Abs)));
            Assert.NotEqual(0, contributions[row][0]);
            Assert.All(
                Enumerable.Range(1, MixedRows.SlotCount - 1),
                slot => Assert.Equal(features[row][slot] != 0, contributions[row][slot] != 0));
        }
    }

    [Fact]
    public void Background_MayHaveMissingValues_AndNotInfiniteOnes()
    {
        IDataView few = _ml.Data.TakeRows(_data, 6);
        IDataView explained = _ml.Model.ExplainMlp(_model, few, background: few);
        Assert.All(
            explained.GetColumn<float[]>("FeatureContributions"), row => Assert.All(row, value => Assert.True(float.IsFinite(value))));
        // In the first row the size is missing; a baseline of it alone is missing, too.
        IDataView first = _ml.Data.TakeRows(_data, 1);
        Assert.All(
            _ml.Model.ExplainMlp(_model, first, background: first).GetColumn<float[]>("FeatureContributions").Single(),
            value => Assert.Equal(0, value));
        MixedRows.Row infinite = _ml.Data.CreateEnumerable<MixedRows.Row>(first, reuseRowObject: false).Single();
        infinite.Size = float.PositiveInfinity;
        Assert.Contains("slot 0, 'Size', is", Assert.Throws<InvalidOperationException>(
            () => _ml.Model.ExplainMlp(_model, _data, background: _ml.Data.LoadFromEnumerable([infinite]))).Message);
    }

    [Fact]
    public void CalculateFeatureContribution_GivesTheSame()
    {
        var network = ((IEnumerable<ITransformer>)_model).OfType<MlpRegressionTransformer>().Single();
        IDataView scored = _model.Transform(_data);
        Assert.Equal(
            _ml.Model.ExplainMlp(_model, _data).GetColumn<float[]>("FeatureContributions"),
            _ml.Transforms.CalculateFeatureContribution(
                network, MixedRows.SlotCount, MixedRows.SlotCount, normalize: false).Fit(scored).Transform(scored)
                .GetColumn<float[]>("FeatureContributions"));
    }
}
