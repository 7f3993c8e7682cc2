namespace Mlp.MLNet;

/// <summary>The values of each <see cref="MlpPreset"/>. docs/quality.md tells how they were chosen.</summary>
internal static class MlpPresets
{
    /// <summary>Sets the values of a recipe. <see cref="MlpPreset.Plain"/> sets none: it is what properties begin with.</summary>
    public static void Apply(MlpPreset preset, MlpOptions options)
    {
        switch (preset)
        {
            case MlpPreset.Default:
                ApplyRecipe(options, networkCount: 5);
                break;
            case MlpPreset.Best:
                ApplyRecipe(options, networkCount: 10);
                break;
            case MlpPreset.Fast:
                ApplyRecipe(options, networkCount: 1);
                break;
            case MlpPreset.Plain:
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(preset), $"preset is {preset}; it must be one of {string.Join(", ", Enum.GetNames<MlpPreset>())}.");
        }
        options.ForgetWhatIsSet();
    }

    private static void ApplyRecipe(MlpOptions options, int networkCount)
    {
        options.Normalization = FeatureNormalization.Robust;
        options.NumericEmbedding = new NumericEmbedding();
        options.HiddenLayerSizes = null;
        options.Activation = Activation.Relu;
        options.WeightInitializer = Initializer.LeCunNormal;
        options.BiasInitializer = Initializer.Normal(1);
        options.OutputInitializer = Initializer.Zero;
        options.Optimizer = new Adam { LearningRate = 0.003, Beta2 = 0.95 };
        options.Schedule = new CosineAnnealing();
        options.DropoutRates = [0.1];
        options.NumberOfEpochs = 80;
        options.EarlyStopping = new EarlyStopping { Patience = 16 };
        options.ValidationFraction = 0.2;
        options.NumberOfNetworks = networkCount;
        options.RefitOnAllRows = networkCount > 1;
        if (options is MlpClassificationOptions classification)
        {
            classification.LabelSmoothing = 0.05;
            classification.CalibrateProbabilities = true;
        }
        if (options is MlpRegressionTrainer.Options regression)
            regression.BoundScores = true;
    }
}
