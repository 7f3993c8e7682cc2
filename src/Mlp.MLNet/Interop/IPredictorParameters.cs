using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet.Interop;

/// <summary>
/// What ML.NET's trainers of trainers (OneVersusAll, PairwiseCoupling) and CalculateFeatureContribution ask of model parameters, by
/// interfaces that are internal but for the first. They save the parameters themselves, without a transformer around them.
/// </summary>
internal interface IPredictorParameters :
    ICalculateFeatureContribution, IFeatureContributionMapper, IDistPredictorProducing<float, float>, IValueMapperDist, ICanSaveModel
{
    int InputCount { get; }

    int OutputCount { get; }

    PredictionKind Kind { get; }

    /// <exception cref="NotSupportedException">A row's features are not all that the model reads.</exception>
    void CheckCanMap();

    /// <summary>A mapper from features to scores, single or a vector.</summary>
    Delegate CreateScoreMapper();

    /// <summary>A mapper from features to scores and probabilities, single or vectors.</summary>
    Delegate CreateProbabilityMapper();

    /// <summary>A mapper from features to the contributions of each.</summary>
    /// <param name="top">How many of the largest positive contributions are kept.</param>
    /// <param name="bottom">How many of the largest negative ones.</param>
    /// <param name="normalize">Whether they are divided by the largest absolute one.</param>
    ValueMapper<VBuffer<float>, VBuffer<float>> CreateContributionMapper(int top, int bottom, bool normalize);

    void Save(ModelEntryWriter writer);

    // ML.NET casts the parameters to the mapper; nothing of its own reads this.
    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    PredictionKind IPredictor.PredictionKind => Kind;

    // Asked by all that want a mapper, before they do: OneVersusAll and PairwiseCoupling at the end of their Fit.
    DataViewType IValueMapper.InputType
    {
        get
        {
            CheckCanMap();
            return new VectorDataViewType(NumberDataViewType.Single, InputCount);
        }
    }

    DataViewType IValueMapper.OutputType =>
        OutputCount == 1 ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, OutputCount);

    DataViewType IValueMapperDist.DistType => ((IValueMapper)this).OutputType;

    ValueMapper<TSource, TOutput> IValueMapper.GetMapper<TSource, TOutput>() => (ValueMapper<TSource, TOutput>)Checked(CreateScoreMapper);

    ValueMapper<TSource, TOutput, TDistribution> IValueMapperDist.GetMapper<TSource, TOutput, TDistribution>() =>
        (ValueMapper<TSource, TOutput, TDistribution>)Checked(CreateProbabilityMapper);

    ValueMapper<TSource, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSource, TOutput>(
        int top, int bottom, bool normalize) =>
        (ValueMapper<TSource, VBuffer<float>>)Checked(() => CreateContributionMapper(top, bottom, normalize));

    private Delegate Checked(Func<Delegate> createMapper)
    {
        CheckCanMap();
        return createMapper();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(new ModelEntryWriter(ctx));
}
