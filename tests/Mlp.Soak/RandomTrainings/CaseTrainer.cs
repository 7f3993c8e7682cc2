using Microsoft.ML;
using Mlp.MLNet;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Turns a case into options and fits the trainer of its task.</summary>
internal static class CaseTrainer
{
    /// <returns>The fitted transformer and its network.</returns>
    public static (ITransformer Transformer, MlpModelParameters Model) Fit(
        MLContext ml, TrainingCase training, IDataView rows, IDataView? validation, Action epochEnded)
    {
        MlpPreset preset = training.Recipe.Preset;
        switch (training.Task)
        {
            case CaseTask.Binary:
                var binary = new MlpBinaryTrainer.Options(preset) { ClassWeights = training.Limits.ClassWeights };
                MlpBinaryTransformer binaryModel = ml.BinaryClassification.Trainers.Mlp(
                    Fill(binary, training, nameof(CaseRow.Flag), epochEnded)).Fit(rows, validation);
                return (binaryModel, binaryModel.Model);
            case CaseTask.Multiclass:
                var multiclass = new MlpMulticlassTrainer.Options(preset) { ClassWeights = training.Limits.ClassWeights };
                MlpMulticlassTransformer multiclassModel =
                    ml.MulticlassClassification.Trainers.Mlp(Fill(multiclass, training, nameof(CaseRow.Class), epochEnded))
                    .Fit(rows, validation);
                return (multiclassModel, multiclassModel.Model);
            case CaseTask.MultiLabel:
                var multiLabel = new MlpMultiLabelTrainer.Options(preset);
                MlpMultiLabelTransformer multiLabelModel =
                    ml.MulticlassClassification.Trainers.MlpMultiLabel(Fill(multiLabel, training, nameof(CaseRow.Flags), epochEnded))
                    .Fit(rows, validation);
                return (multiLabelModel, multiLabelModel.Model);
            default:
                var regression = new MlpRegressionTrainer.Options(preset);
                // True is what it begins with; set, it is refused where a loss or an activation takes labels as they are.
                if (!training.Network.NormalizeLabel)
                    regression.NormalizeLabel = false;
                string label = training.Task == CaseTask.Regression ? nameof(CaseRow.Number) : nameof(CaseRow.Numbers);
                MlpRegressionTransformer regressionModel = ml.Regression.Trainers.Mlp(Fill(regression, training, label, epochEnded))
                    .Fit(rows, validation);
                return (regressionModel, regressionModel.Model);
        }
    }

    private static TOptions Fill<TOptions>(TOptions options, TrainingCase training, string label, Action epochEnded)
        where TOptions : MlpOptions
    {
        (CaseNetwork network, CaseSteps steps, CaseLimits limits, CaseRecipe recipe) =
            (training.Network, training.Steps, training.Limits, training.Recipe);
        (options.LabelColumnName, options.ExampleWeightColumnName) = (label, training.Data.Weights is null ? null : nameof(CaseRow.Weight));
        (options.Seed, options.EpochCallback) = (training.Data.Seed, _ => epochEnded());

        options.HiddenLayerSizes = network.HiddenLayerSizes;
        (options.Loss, options.Optimizer) = (steps.Loss, steps.Optimizer);
        (options.BatchSize, options.NumberOfEpochs) = (steps.BatchSize, steps.NumberOfEpochs);
        (options.Shuffle, options.NumberOfThreads) = (steps.Shuffle, steps.NumberOfThreads);
        if (recipe.Preset != MlpPreset.Plain)
            return options;

        (options.Schedule, options.Activation, options.OutputActivation) = (steps.Schedule, network.Activation, network.OutputActivation);
        (options.WeightInitializer, options.BiasInitializer) = (network.WeightInitializer, network.BiasInitializer);
        (options.HasBiases, options.NormalizeFeatures) = (network.HasBiases, network.NormalizeFeatures);

        (options.L1Regularization, options.L2Regularization, options.RegularizeBiases) =
            (limits.L1Regularization, limits.L2Regularization, limits.RegularizeBiases);
        (options.MaximumGradientNorm, options.MaximumGradientValue) = (limits.MaximumGradientNorm, limits.MaximumGradientValue);
        options.DropoutRates = limits.DropoutRates;
        (options.EarlyStopping, options.ValidationFraction) = (limits.EarlyStopping, limits.ValidationFraction);

        // A refit is a second network.
        (options.NumberOfNetworks, options.RefitOnAllRows) =
            (recipe.NumberOfNetworks, recipe.RefitOnAllRows && recipe.NumberOfNetworks > 1);
        (options.Normalization, options.NumericEmbedding, options.OutputInitializer) =
            (recipe.Normalization, recipe.NumericEmbedding, recipe.OutputInitializer);
        if (options is MlpClassificationOptions classification)
            (classification.LabelSmoothing, classification.CalibrateProbabilities) = (limits.LabelSmoothing, recipe.CalibrateProbabilities);
        if (options is MlpRegressionTrainer.Options regression)
            regression.BoundScores = recipe.BoundScores && steps.Loss.Link == OutputLink.Identity;
        return options;
    }
}
