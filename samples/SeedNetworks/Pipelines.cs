using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp;
using Mlp.MLNet;

/// <summary>Each article's network once more, as an ML.NET pipeline that starts from the article's weights; in single precision.</summary>
internal static class Pipelines
{
    private static readonly MLContext Ml = new(seed: 1);

    public static void Run(string article)
    {
        using var numbers = new Article(article);
        Comparison.Title($"{article} as an ML.NET pipeline");
        switch (article)
        {
            case "seed-000":
                FiveTimesX(numbers);
                break;
            case "seed-001":
                EmilyAndFrank(numbers);
                break;
            case "seed-002":
                TwoMoons(numbers);
                break;
            case "seed-003":
                Digits(numbers);
                break;
            case "seed-004":
                TenRows(numbers);
                break;
        }
    }

    private static void FiveTimesX(Article article)
    {
        const int EpochCount = 10_000;
        double[] inputs = Article.Values(article["data", "inputs"]), targets = Article.Values(article["data", "targets"]);
        IDataView rows = Ml.Data.LoadFromEnumerable(inputs.Zip(targets, (x, y) => new NumberRow { Features = (float)x, Label = (float)y }));
        var options = Plain(new MlpRegressionTrainer.Options(MlpPreset.Plain) { NormalizeLabel = false }, article["initialWeights"],
            learningRate: 0.001, EpochCount);

        MlpRegressionTransformer model = Ml.Regression.Trainers.Mlp(options)
            .Fit(rows, null, Start(article["initialWeights"], OutputLink.Identity));

        double error = Ml.Regression.Evaluate(model.Transform(rows)).MeanSquaredError;
        JsonElement expected = article["rules", "trueGradient", "loss"].EnumerateArray()
            .Single(point => point.GetProperty("epoch").GetInt32() == EpochCount);
        Comparison.Print($"squared error, epoch {EpochCount:N0}", error, expected.GetProperty("value").GetDouble(), 1e-5);
    }

    private static void EmilyAndFrank(Article article)
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(ClassRows(article, Article.Values(article["data", "targets"])));
        // Squared error on a sigmoid output, a step after each row.
        var options = Plain(new MlpBinaryTrainer.Options(MlpPreset.Plain) { Loss = Loss.SquaredError }, article["initialWeights"],
            learningRate: 0.1, epochCount: 1000);
        options.BatchSize = 1;

        MlpBinaryTransformer model = Ml.BinaryClassification.Trainers.Mlp(options)
            .Fit(rows, null, Start(article["initialWeights"], OutputLink.Sigmoid));

        using var engine = Ml.Model.CreatePredictionEngine<ClassRow, Prediction>(model);
        foreach (string name in (string[])["EmilyPure", "EmilyTorch", "Frank"])
        {
            float[] features = Array.ConvertAll(Article.Values(article["data", "probes", name]), value => (float)value);
            double answer = engine.Predict(new ClassRow { Features = features }).Probability;
            Comparison.Print(name, answer, article["finalPredictions", name].GetDouble(), 2e-5);
        }
    }

    private static void TwoMoons(Article article)
    {
        JsonElement net = article["nets"].EnumerateArray().Single(each => each.GetProperty("hidden").GetInt32() == 4);
        IDataView rows = Ml.Data.LoadFromEnumerable(ClassRows(article, Article.Values(article["data", "labels"])));
        // Two sigmoid outputs with cross-entropy summed over them, instead of a softmax.
        var options = Plain(
            new MlpMulticlassTrainer.Options(MlpPreset.Plain)
            {
                LabelColumnName = nameof(ClassRow.Class),
                Loss = Loss.BinaryCrossEntropy with { OutputReduction = OutputReduction.Sum },
            },
            net.GetProperty("initialWeights"), learningRate: 0.1, epochCount: 30_000);

        MlpMulticlassTransformer model = Ml.MulticlassClassification.Trainers.Mlp(options)
            .Fit(rows, null, Start(net.GetProperty("initialWeights"), OutputLink.Sigmoid));

        IDataView scored = model.Transform(rows);
        double[] outputs = [.. scored.GetColumn<float[]>("Score").SelectMany(row => row).Select(value => (double)value)];
        Comparison.PrintAll("outputs, 4 hidden", outputs, Article.Values(net.GetProperty("finalOutputs")), 1e-3);
        double accuracy = Ml.MulticlassClassification.Evaluate(scored, labelColumnName: nameof(ClassRow.Class)).MicroAccuracy;
        Comparison.Print("accuracy, 4 hidden", accuracy, net.GetProperty("finalAccuracy").GetDouble(), 1e-15);
    }

    private static void Digits(Article article)
    {
        float[] pixels = [.. article["gradientCheck", "data", "imagesBase64"].GetBytesFromBase64().Select(pixel => pixel / 255f)];
        int[] labels = Article.Integers(article["gradientCheck", "data", "labels"]);
        IDataView rows = Ml.Data.LoadFromEnumerable(
            labels.Zip(pixels.Chunk(MnistFiles.PixelCount), (label, image) => new DigitRow { Features = image, Label = (uint)label }));
        JsonElement weights = article["gradientCheck", "initialWeights"];

        MlpMulticlassTransformer model = Ml.MulticlassClassification.Trainers.Mlp(
            Plain(new MlpMulticlassTrainer.Options(MlpPreset.Plain), weights, 0.5, epochCount: 1000))
            .Fit(rows, null, Start(weights, OutputLink.Softmax));

        Comparison.Print("loss of the first weights", model.Model.History[0].Loss, article["gradientCheck", "loss"].GetDouble(), 1e-6);
        MulticlassClassificationMetrics metrics = Ml.MulticlassClassification.Evaluate(model.Transform(rows));
        Comparison.Require($"all five digits right after {model.Model.History.Count:N0} epochs", metrics.MicroAccuracy == 1);
    }

    private static void TenRows(Article article)
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(ClassRows(article, Article.Values(article["data", "targets"])));
        foreach (string name in (string[])["hidden4", "logisticRegression"])
        {
            JsonElement net = article["nets", name], weights = net.GetProperty("initialWeights");
            // The article's rate 0.1 on the sum over ten rows is the rate 1 on their mean.
            var options = Plain(
                new MlpBinaryTrainer.Options(MlpPreset.Plain), weights, learningRate: 1, net.GetProperty("epochs").GetArrayLength());

            MlpBinaryTransformer model = Ml.BinaryClassification.Trainers.Mlp(options).Fit(rows, null, Start(weights, OutputLink.Sigmoid));

            double[] outputs = [.. model.Transform(rows).GetColumn<float>("Probability").Select(value => (double)value)];
            Comparison.PrintAll($"predictions, {name}", outputs, Article.Values(net.GetProperty("finalPredictions")), 1e-4);
        }
    }

    /// <summary>Plain gradient descent on all rows as they are, with the article's layers.</summary>
    private static TOptions Plain<TOptions>(TOptions options, JsonElement layers, double learningRate, int epochCount)
        where TOptions : MlpOptions
    {
        JsonElement[] all = [.. layers.EnumerateArray()];
        options.HiddenLayerSizes = [.. all.SkipLast(1).Select(layer => layer.GetProperty("outputs").GetInt32())];
        options.Activation = Enum.Parse<Activation>(all[0].GetProperty("activation").GetString()!, ignoreCase: true);
        options.HasBiases = all[0].GetProperty("bias").ValueKind != JsonValueKind.Null;
        options.Optimizer = new Sgd { LearningRate = learningRate };
        options.BatchSize = TrainingSettings.FullBatch;
        options.NumberOfEpochs = epochCount;
        options.Shuffle = false;
        options.NormalizeFeatures = false;
        return options;
    }

    /// <summary>The article's weights as a model to start from.</summary>
    private static MlpModelParameters Start(JsonElement layers, OutputLink link)
    {
        Network<float> network = Article.CreateNetwork<float>(layers, outputsAreLogits: true);
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Model<float>(network, scaling: null, link));
        stream.Position = 0;
        return MlpModelParameters.Load(stream);
    }

    private static IEnumerable<ClassRow> ClassRows(Article article, double[] labels) =>
        labels.Zip(Article.Values(article["data", "inputs"]).Chunk(2), (label, features) => new ClassRow
        {
            Features = Array.ConvertAll(features, value => (float)value),
            Label = label == 1,
            Class = (uint)label,
        });

    private sealed class NumberRow
    {
        public float Features { get; set; }

        public float Label { get; set; }
    }

    private sealed class ClassRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        [KeyType(2)]
        public uint Class { get; set; }
    }

    private sealed class DigitRow
    {
        [VectorType(MnistFiles.PixelCount)]
        public float[] Features { get; set; } = [];

        [KeyType(MnistFiles.ClassCount)]
        public uint Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Probability { get; set; }
    }
}
