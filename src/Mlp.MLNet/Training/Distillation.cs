using Microsoft.ML;
using Microsoft.ML.Runtime;
using Mlp.Data;
using Mlp.Losses;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.Numerics;

namespace Mlp.MLNet.Training;

/// <summary>Trains one network to predict what all networks of a model predict together.</summary>
/// <remarks>
/// It begins as the last network of the model, which saw all rows where networks were refitted, and its targets are the model's
/// probabilities or values: what is true is not asked for. Source: Hinton, Vinyals and Dean 2015, without their temperature.
/// </remarks>
/// <param name="model">Of several networks.</param>
/// <param name="settings">What is not decided by the model: epochs, seed, threads, callbacks.</param>
internal sealed class Distillation(Model<float> model, TrainingSettings settings)
{
    /// <summary>A transformer with the one network in the place of the several.</summary>
    /// <param name="transformer">Of several networks; not changed.</param>
    /// <param name="data">Has the columns that it reads.</param>
    /// <param name="numberOfEpochs">At least 1; null for as many as the default preset has.</param>
    /// <param name="seed">Of the order of the rows.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public static MlpTransformerBase Of(
        MlpTransformerBase transformer, IDataView data, int? numberOfEpochs, int seed, CancellationToken cancellationToken)
    {
        Model<float> model = transformer.Model.EngineModel;
        using IChannel channel = transformer.Host.Start(nameof(Distillation));
        var log = new TrainingLog(channel);
        FeatureTable<float> features = DistillationRows.Read(data, transformer, CheckCancellation);
        var recipe = RecipeBySize.For(features.RowCount);
        var settings = new TrainingSettings
        {
            Loss = LossFor(model.Link),
            Optimizer = new Adam { Beta2 = 0.95, LearningRate = recipe.LearningRate },
            Schedule = new CosineAnnealing(),
            BatchSize = recipe.BatchSize,
            NumberOfEpochs = numberOfEpochs ?? recipe.NumberOfEpochs,
            CategoryDropoutRate = 0,
            Seed = seed,
            CancellationToken = cancellationToken,
            StepCallback = CheckCancellation,
            WarningCallback = log.Warn,
            EpochCallback = log.Epoch,
        };
        log.Info($"One network learns what {model.Networks.Count} predict for {features.RowCount:N0} rows.");
        var student = new MlpModelParameters(new Distillation(model, settings).Fit(features));
        return transformer.With(transformer.Content with { Model = student, Part = null, ReplayMemory = null });

        void CheckCancellation()
        {
            cancellationToken.ThrowIfCancellationRequested();
            MLNetInternals.CheckAlive(transformer.Host);
        }
    }

    /// <summary>What the targets call for.</summary>
    private static Loss LossFor(OutputLink link) => link switch
    {
        OutputLink.Sigmoid => Loss.BinaryCrossEntropy,
        OutputLink.Softmax => Loss.SoftmaxCrossEntropy,
        OutputLink.Exponential => Loss.Poisson,
        _ => Loss.SquaredError,
    };

    /// <param name="features">As they are; scaled in place.</param>
    /// <exception cref="InvalidOperationException">There is no row that the model predicts anything for.</exception>
    public Model<float> Fit(FeatureTable<float> features)
    {
        (RowBlocks<float> targets, RowBlocks<float>? weights) = Predict(features);
        var rows = new TrainingRows(features, targets, weights);
        bool scalesTargets = model.Link == OutputLink.Identity && model.Network.Layers[^1].Activation == Activation.Identity;
        TargetScaling<float>? targetScaling = scalesTargets
            ? TargetScaling<float>.Standardize(targets, exampleWeights: weights) : null;
        rows.Scale(
            model.Scaling, model.SparseScaling, model.Middles, model.Network.Inputs.MissingColumns, targetScaling, settings.BeforeStep);
        Network<float> student = Copy(model.Networks[^1]);
        targetScaling?.UnfoldFrom(student);
        TrainingResult result = Trainer.Fit(student, rows.ToRowSource(), validation: null, settings, targetScaling);
        targetScaling?.FoldInto(student);
        return new Model<float>([student], model.Scaling, model.Link, result.History)
        {
            Layout = model.Layout,
            Middles = model.Middles,
            SparseScaling = model.SparseScaling,
            Range = model.Range,
        };
    }

    private static Network<float> Copy(Network<float> network)
    {
        var copy = Network<float>.CreateBlank(
            network.Inputs, network.Embedding?.Describe(),
            [.. network.Layers.Select(layer => new DenseLayerDescription(layer.UnitCount, layer.Activation)
            {
                HasBiases = layer.BiasTensor is not null,
            })]);
        network.Parameters.Values.CopyTo(copy.Parameters.Values);
        copy.OutputOffsets = network.OutputOffsets;
        return copy;
    }

    /// <summary>What the model says of each row; one that it says nothing of weighs 0.</summary>
    private (RowBlocks<float> Targets, RowBlocks<float>? Weights) Predict(FeatureTable<float> features)
    {
        int outputCount = model.Network.OutputCount, withoutPrediction = 0;
        var targets = new RowBlocks<float>(outputCount, features.RowCount);
        var weights = new RowBlocks<float>(1, features.RowCount);
        var batch = new FeatureBatch<float>(model.Network.Inputs, Predictor<float>.DefaultMaxRowCount);
        var outputs = new float[Predictor<float>.DefaultMaxRowCount * outputCount];
        using var predictor = new Predictor<float>(model, Predictor<float>.DefaultMaxRowCount, settings.NumberOfThreads);
        for (int first = 0; first < features.RowCount; first += Predictor<float>.DefaultMaxRowCount)
        {
            settings.BeforeStep();
            int count = Math.Min(Predictor<float>.DefaultMaxRowCount, features.RowCount - first);
            batch.Clear();
            for (int row = 0; row < count; row++)
                features.CopyTo(first + row, batch);
            Span<float> all = outputs.AsSpan(0, count * outputCount);
            predictor.Predict(batch, all);
            model.Link.Apply<float>(all, outputCount);
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<float> prediction = all.Slice(row * outputCount, outputCount);
                bool isKnown = Finite.IndexOfAnyExcept(prediction) < 0;
                Span<float> target = targets.Add();
                if (isKnown)
                    prediction.CopyTo(target);
                else
                    target.Clear();
                weights.Add()[0] = isKnown ? 1 : 0;
                withoutPrediction += isKnown ? 0 : 1;
            }
        }
        if (withoutPrediction == features.RowCount)
        {
            throw new InvalidOperationException(
                $"The model has no prediction for {RowProblems.EveryOf(features.RowCount)}: features are missing that it knows nothing "
                    + "about. Give it rows like those that it was trained on.");
        }
        return (targets, withoutPrediction == 0 ? null : weights);
    }
}
