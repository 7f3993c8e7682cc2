using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Tool.Tasks;

/// <summary>What a search has come to.</summary>
/// <param name="Model">The whole pipeline.</param>
/// <param name="Table">What was tried, as text.</param>
/// <param name="Trials">What was tried.</param>
/// <param name="DefaultLoss">Of the preset's ensemble on held-out rows.</param>
/// <param name="Loss">Of the chosen one.</param>
/// <param name="DifferenceStandardError">Of the difference between both.</param>
internal sealed record TunedModel(
    TransformerChain<ITransformer> Model, string Table, IReadOnlyList<MlpTrial> Trials, double DefaultLoss, double Loss,
    double DifferenceStandardError)
{
    public static TunedModel Of<TTransformer>(MlpTuningResult<TTransformer> result)
        where TTransformer : MlpTransformerBase =>
        new(result.Model, result.ToTable(), result.Trials, result.DefaultLoss, result.Loss, result.DifferenceStandardError);
}
