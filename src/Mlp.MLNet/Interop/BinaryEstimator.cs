using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet.Interop;

/// <summary>
/// A binary trainer whose models are in ML.NET's own transformer, which OneVersusAll asks for and which has an internal constructor.
/// </summary>
internal sealed class BinaryEstimator<TTransformer, TModel>(IHostEnvironment environment, ITrainerEstimator<TTransformer, TModel> trainer)
    : ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IPredictorParameters
{
    public TrainerInfo Info => trainer.Info;

    public BinaryPredictionTransformer<TModel> Fit(IDataView input)
    {
        TTransformer fitted = trainer.Fit(input);
        return new(environment, fitted.Model, input.Schema, fitted.FeatureColumnName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
}
