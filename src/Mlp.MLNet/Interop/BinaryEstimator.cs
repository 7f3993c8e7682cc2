using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Mlp.MLNet;

/// <summary>
/// A binary trainer whose models are in ML.NET's own transformer, which OneVersusAll asks for and which nobody else can make.
/// </summary>
internal sealed class BinaryEstimator(IHostEnvironment environment, MlpBinaryTrainer trainer)
    : ITrainerEstimator<BinaryPredictionTransformer<MlpModelParameters>, MlpModelParameters>
{
    public TrainerInfo Info => trainer.Info;

    public BinaryPredictionTransformer<MlpModelParameters> Fit(IDataView input)
    {
        MlpBinaryTransformer fitted = trainer.Fit(input);
        return new(environment, fitted.Model, input.Schema, fitted.FeatureColumnName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
}
