using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet;

// What ML.NET's trainers of trainers (OneVersusAll, PairwiseCoupling) and CalculateFeatureContribution ask of model parameters; these
// interfaces are internal but for the first. They save the parameters themselves, without a transformer around them.
public sealed partial class MlpModelParameters :
    ICalculateFeatureContribution, IFeatureContributionMapper, IDistPredictorProducing<float, float>, IValueMapperDist, ICanSaveModel
{
    internal const string LoaderSignature = "MlpModelParameters";

    // ML.NET casts the parameters to the mapper; nothing of its own reads this.
    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    PredictionKind IPredictor.PredictionKind => Meaning.Task switch
    {
        MlpTask.Binary => PredictionKind.BinaryClassification,
        MlpTask.Multiclass => PredictionKind.MulticlassClassification,
        MlpTask.Regression => OutputCount == 1 ? PredictionKind.Regression : PredictionKind.MultiOutputRegression,
        _ => PredictionKind.Custom,
    };

    DataViewType IValueMapper.InputType => new VectorDataViewType(NumberDataViewType.Single, InputCount);

    DataViewType IValueMapper.OutputType =>
        OutputCount == 1 ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, OutputCount);

    DataViewType IValueMapperDist.DistType => ((IValueMapper)this).OutputType;

    ValueMapper<TSource, TOutput> IValueMapper.GetMapper<TSource, TOutput>()
    {
        var scorer = new VectorScorer(Model);
        return (ValueMapper<TSource, TOutput>)(OutputCount == 1
            ? (Delegate)(ValueMapper<VBuffer<float>, float>)((in VBuffer<float> features, ref float score) => score = scorer.Score(features)[0])
            : (ValueMapper<VBuffer<float>, VBuffer<float>>)((in VBuffer<float> features, ref VBuffer<float> scores) =>
                VectorScorer.Copy(scorer.Score(features), ref scores)));
    }

    ValueMapper<TSource, TOutput, TDistribution> IValueMapperDist.GetMapper<TSource, TOutput, TDistribution>()
    {
        var scorer = new VectorScorer(Model);
        return (ValueMapper<TSource, TOutput, TDistribution>)(OutputCount == 1
            ? (Delegate)(ValueMapper<VBuffer<float>, float, float>)((in VBuffer<float> features, ref float score, ref float probability) =>
            {
                score = scorer.Score(features)[0];
                probability = scorer.Predict()[0];
            })
            : (ValueMapper<VBuffer<float>, VBuffer<float>, VBuffer<float>>)((
                in VBuffer<float> features, ref VBuffer<float> scores, ref VBuffer<float> probabilities) =>
            {
                VectorScorer.Copy(scorer.Score(features), ref scores);
                VectorScorer.Copy(scorer.Predict(), ref probabilities);
            }));
    }

    /// <summary>Integrated gradients of what is predicted, from the centre of the scaling, as ExplainMlp gives them.</summary>
    ValueMapper<TSource, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSource, TOutput>(int top, int bottom, bool normalize)
    {
        var contributions = new FeatureContributions(Model, top, bottom, normalize);
        return (ValueMapper<TSource, VBuffer<float>>)(Delegate)(ValueMapper<VBuffer<float>, VBuffer<float>>)contributions.Compute;
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => TransformerFile.SaveParameters(ctx, this);

    // Called by ML.NET, by name.
    private static MlpModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(env);
        return TransformerFile.LoadParameters(ctx);
    }
}
