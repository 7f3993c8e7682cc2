using Mlp.MLNet;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Cases that differ from a given one in one respect and are simpler: what is left of a failing case is its cause.</summary>
internal static class SimplerCases
{
    public static IEnumerable<TrainingCase> Of(TrainingCase found) =>
        new[]
        {
            WithData(found, data => data with { ValidationRowCount = 0 }),
            WithData(found, data => data with { RowCount = Math.Min(data.RowCount, 5) }),
            WithData(found, data => data with { FeatureCount = 1 }),
            WithData(found, data => data with { IsSparse = false }),
            WithData(found, data => data with { Columns = [ColumnKind.Normal] }),
            WithData(found, data => data with { Columns = [data.Columns[0]] }),
            WithData(found, data => data with { Labels = ColumnKind.Normal }),
            WithData(found, data => data with { Weights = null }),
            WithData(found, data => data with { ReplacesMissing = false }),
            WithData(found, data => data with { Normalizer = CaseNormalizer.None }),
            WithData(found, data => data with { HasCategory = false }),
            WithNetwork(found, network => network with { HiddenLayerSizes = [] }),
            WithNetwork(found, network => network with { HiddenLayerSizes = network.HiddenLayerSizes.Length > 0 ? [1] : [] }),
            WithNetwork(found, network => network with { Activation = Activation.Relu }),
            WithNetwork(found, network => network with { OutputActivation = null }),
            WithNetwork(found, network => network with { WeightInitializer = null }),
            WithNetwork(found, network => network with { BiasInitializer = Initializer.Zero }),
            WithNetwork(found, network => network with { HasBiases = true }),
            WithNetwork(found, network => network with { NormalizeFeatures = null, NormalizeLabel = true }),
            WithSteps(found, steps => steps with { Optimizer = steps.Optimizer is Sgd ? steps.Optimizer : new Adam() }),
            WithSteps(found, steps => steps with { Optimizer = new Sgd { LearningRate = steps.Optimizer.LearningRate } }),
            WithSteps(found, steps => steps with { Schedule = LearningRateSchedule.Constant }),
            WithSteps(found, steps => steps with { BatchSize = null }),
            WithSteps(found, steps => steps with { NumberOfEpochs = 1 }),
            WithSteps(found, steps => steps with { Shuffle = true, NumberOfThreads = 1 }),
            WithLimits(found, limits => limits with { L1Regularization = 0 }),
            WithLimits(found, limits => limits with { L2Regularization = 0, RegularizeBiases = false }),
            WithLimits(found, limits => limits with { MaximumGradientNorm = double.PositiveInfinity }),
            WithLimits(found, limits => limits with { MaximumGradientValue = double.PositiveInfinity }),
            WithLimits(found, limits => limits with { DropoutRates = [] }),
            WithLimits(found, limits => limits with { EarlyStopping = null, ValidationFraction = 0.1 }),
            WithLimits(found, limits => limits with { LabelSmoothing = 0 }),
            WithLimits(found, limits => limits with { ClassWeights = null }),
            WithRecipe(found, recipe => recipe with { Preset = MlpPreset.Plain }),
            WithRecipe(found, recipe => recipe with { NumberOfNetworks = 1 }),
            WithRecipe(found, recipe => recipe with { RefitOnAllRows = false }),
            WithRecipe(found, recipe => recipe with { CalibrateProbabilities = false }),
            WithRecipe(found, recipe => recipe with { Normalization = FeatureNormalization.Standard }),
            WithRecipe(found, recipe => recipe with { NumericEmbedding = null }),
            WithRecipe(found, recipe => recipe with { OutputInitializer = null }),
            WithRecipe(found, recipe => recipe with { BoundScores = false }),
        }.Where(simpler => simpler.ToString() != found.ToString());

    private static TrainingCase WithData(TrainingCase found, Func<CaseData, CaseData> change) => found with { Data = change(found.Data) };

    private static TrainingCase WithNetwork(TrainingCase found, Func<CaseNetwork, CaseNetwork> change)
    {
        CaseNetwork network = change(found.Network);
        // As many rates as layers, or one, or none.
        double[] rates = network.HiddenLayerSizes.Length == found.Network.HiddenLayerSizes.Length
            ? found.Limits.DropoutRates : [.. found.Limits.DropoutRates.Take(1)];
        return found with { Network = network, Limits = found.Limits with { DropoutRates = rates } };
    }

    private static TrainingCase WithSteps(TrainingCase found, Func<CaseSteps, CaseSteps> change) =>
        found with { Steps = change(found.Steps) };

    private static TrainingCase WithRecipe(TrainingCase found, Func<CaseRecipe, CaseRecipe> change) =>
        found with { Recipe = change(found.Recipe) };

    private static TrainingCase WithLimits(TrainingCase found, Func<CaseLimits, CaseLimits> change) =>
        found with { Limits = change(found.Limits) };
}
