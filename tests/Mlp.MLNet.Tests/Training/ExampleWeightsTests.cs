using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Tests.BadData;

namespace Mlp.MLNet.Tests;

/// <summary>Weights mean what they say: 0 is a row that is not there, 2 is a row that is there twice.</summary>
public class ExampleWeightsTests
{
    private static readonly MLContext ML = new(seed: 1);

    public static TheoryData<string, MlpPreset> TasksAndPresets => TasksWith(Enum.GetValues<MlpPreset>());

    public static TheoryData<string, FeatureNormalization> TasksAndNormalizations => TasksWith(Enum.GetValues<FeatureNormalization>());

    [Theory]
    [MemberData(nameof(TasksAndPresets))]
    public void RowsOfWeightZero_AreAsIfAbsent_WhateverTheyHold(string task, MlpPreset preset)
    {
        Row[] rows = Rows(120),
            spoilt = [.. rows.SelectMany((row, index) => index % 4 == 0 ? [Spoilt(index), row] : (Row[])[row]), Spoilt(1)];
        Row[] validation = Rows(40, seed: 2), spoiltValidation = [Spoilt(0), .. validation, Spoilt(1), Spoilt(2)];
        MlpOptions options = Options(task, preset);
        Assert.Equal(Describe(Fit(options, rows)), Describe(Fit(options, spoilt)));
        Assert.Equal(Describe(Fit(options, rows, validation)), Describe(Fit(options, spoilt, spoiltValidation)));
    }

    [Fact]
    public void RowsOfWeightZero_MoveNeitherScalesNorBounds()
    {
        // 200 rows with labels in [0, 1], and 40 that weigh nothing with a label of 1,000,000.
        Row[] rows = [.. Rows(200).Select((row, index) => row with { Number = (row.Features[0] + row.Features[1] + 2) / 4 })];
        Row[] more = [.. rows, .. Rows(40).Select(row => row with { Number = 1e6f, Weight = 0 })];
        var options = new MlpRegressionTrainer.Options(MlpPreset.Fast)
        {
            Seed = 1,
            NumberOfThreads = 1,
            NumberOfEpochs = 40,
            LabelColumnName = "Number",
            ExampleWeightColumnName = "Weight"
        };
        MlpRegressionTransformer model = ML.Regression.Trainers.Mlp(options).Fit(ML.Data.LoadFromEnumerable(more));
        IDataView known = ML.Data.LoadFromEnumerable(rows);
        Assert.InRange(ML.Regression.Evaluate(model.Transform(known), "Number").RootMeanSquaredError, 0, 0.02);
        Assert.InRange(model.Model.ScoreRange!.Maxima[0], 0, 1);
    }

    [Fact]
    public void TheSizeOfTheNetwork_IsThatForTheRowsThatWeigh()
    {
        Row[] rows = Rows(900), more = [.. rows, .. Enumerable.Range(0, 300).Select(Spoilt)];
        MlpOptions options = Options("binary", MlpPreset.Fast);
        (options.HiddenLayerSizes, options.NumberOfEpochs) = (null, 1);
        Assert.Equal(Fit(options, rows).Layers.Count, Fit(options, more).Layers.Count);
        Assert.NotEqual(Fit(options, rows).Layers.Count, Fit(options, Rows(1_200)).Layers.Count);
    }

    [Theory]
    [MemberData(nameof(TasksAndNormalizations))]
    public void ARowOfWeightTwo_IsTheRowTwice(string task, FeatureNormalization normalization)
    {
        Row[] weighted = [.. Rows(60).Select((row, index) => row with { Weight = 1 + index % 3 })];
        Row[] repeated = [.. weighted.SelectMany(row => Enumerable.Repeat(row with { Weight = 1 }, (int)row.Weight))];
        MlpOptions options = Options(task, MlpPreset.Plain);
        (options.Normalization, options.BatchSize) = (normalization, TrainingSettings.FullBatch);
        if (options is MlpMulticlassTrainer.Options multiclass)
            // Quartiles of fractions are good to a rank, those of whole numbers are exact.
            multiclass.ClassWeights = normalization == FeatureNormalization.Standard ? ClassWeights.Balanced : ClassWeights.Of(1, 2, 3);
        MlpModelParameters found = Fit(options, weighted), expected = Fit(options, repeated);
        AssertClose(expected.FeatureScaling!.Offsets, found.FeatureScaling!.Offsets, 1e-6f);
        AssertClose(expected.FeatureScaling.Factors, found.FeatureScaling.Factors, 1e-6f);
        Assert.Equal(expected.Networks[0].OutputOffsets.Select(offset => Math.Round(offset, 6)), found.Networks[0].OutputOffsets.Select(
            offset => Math.Round(offset, 6)));
        foreach ((MlpLayer one, MlpLayer other) in expected.Layers.Zip(found.Layers))
        {
            AssertClose(one.Weights, other.Weights, 1e-4f);
            AssertClose(one.Biases, other.Biases, 1e-4f);
        }
        Assert.Equal(expected.History[^1].Loss, found.History[^1].Loss, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RowsOfAClassOfWeightZero_AreAsIfAbsent(bool hasWeights)
    {
        Row[] rows = [.. Rows(90).Where(row => row.Class != 1)];
        Row[] more =
            [.. rows.SelectMany((row, index) => index % 5 == 0 ? [Spoilt(index) with { Weight = 1, Class = 1 }, row] : (Row[])[row])];
        var options = (MlpMulticlassTrainer.Options)Options("multiclass", MlpPreset.Fast);
        options.ClassWeights = ClassWeights.Of(1, 0, 3);
        options.ExampleWeightColumnName = hasWeights ? "Weight" : null;
        Assert.Equal(Describe(Fit(options, rows)), Describe(Fit(options, more)));
    }

    [Fact]
    public void AClassOfWeightZero_OfTwo_LeavesOneOnly()
    {
        var options = (MlpBinaryTrainer.Options)Options("binary", MlpPreset.Plain);
        options.ClassWeights = ClassWeights.Of(0, 1);
        Assert.Equal(
            "Label column 'Flag' is true in all 30 rows that weigh more than 0; a binary classifier needs both classes. Check how the "
                + "rows were filtered and split.",
            Assert.Throws<InvalidOperationException>(() => Fit(options, Rows(60))).Message);
    }

    [Fact]
    public void Messages_CountTheRowsThatWeigh_AndNameThemAsTheyAre()
    {
        Row[] rows = [Spoilt(0), .. Rows(30)];
        rows[9].Number = float.NaN;
        Assert.Equal(
            "Label column 'Number' is NaN in 1 of 30 rows that weigh more than 0, first in row 10. Filter or replace missing labels "
                + "before Fit.",
            Assert.Throws<InvalidOperationException>(() => Fit(Options("regression", MlpPreset.Plain), rows)).Message);
        rows[9].Number = 1e38f;
        Assert.StartsWith(
            "Label column 'Number' is 1E+38 in row 10;",
            Assert.Throws<InvalidOperationException>(() => Fit(Options("regression", MlpPreset.Plain), rows)).Message);
    }

    private static TheoryData<string, T> TasksWith<T>(T[] values)
    {
        var data = new TheoryData<string, T>();
        foreach (string task in EveryTask.Names)
        {
            foreach (T value in values)
                data.Add(task, value);
        }
        return data;
    }

    private static MlpOptions Options(string task, MlpPreset preset)
    {
        MlpOptions options = task switch
        {
            "binary" => new MlpBinaryTrainer.Options(preset) { LabelColumnName = "Flag" },
            "multiclass" => new MlpMulticlassTrainer.Options(preset) { LabelColumnName = "Class" },
            "multi-label" => new MlpMultiLabelTrainer.Options(preset) { LabelColumnName = "Flags" },
            _ => new MlpRegressionTrainer.Options(preset) { LabelColumnName = task == "regression" ? "Number" : "Numbers" },
        };
        (options.HiddenLayerSizes, options.NumberOfEpochs, options.Seed, options.NumberOfThreads) = ([4], 3, 1, 1);
        options.ExampleWeightColumnName = "Weight";
        return options;
    }

    private static MlpModelParameters Fit(MlpOptions options, Row[] rows, Row[]? validation = null) => EveryTask.Fit(
        options, ML.Data.LoadFromEnumerable(rows), validation is null ? null : ML.Data.LoadFromEnumerable(validation)).Model;

    /// <summary>All that a model is but the seconds, in numbers that differ where a bit does.</summary>
    private static double[] Describe(MlpModelParameters model) =>
    [
        model.Temperature,
        .. model.Networks.SelectMany(network => network.Layers).SelectMany(layer => (float[])[.. layer.Weights, .. layer.Biases]),
        .. model.Networks.SelectMany(network => network.OutputOffsets),
        .. model.FeatureScaling!.Offsets.ToArray(), .. model.FeatureScaling.Factors.ToArray(),
        .. model.ScoreRange?.Minima.ToArray() ?? [], .. model.ScoreRange?.Maxima.ToArray() ?? [],
        .. model.History.SelectMany(
            report => (double[])[report.Loss, report.ValidationLoss ?? -1, report.ValidationMetric ?? -1, report.GradientNorm]),
    ];

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], found[index], tolerance * (1 + Math.Abs(expected[index])));
    }

    private static Row[] Rows(int rowCount, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rowCount).Select(row =>
        {
            float[] features = [2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1, row % 2];
            return new Row
            {
                Features = features,
                Flag = row % 2 == 1,
                Class = (uint)(row % 3),
                Number = 3 * features[0] - features[1],
                Numbers = [features[0], 1_000 + features[1]],
                Flags = [features[0] > 0, features[1] > 0],
                Weight = 1,
            };
        })];
    }

    /// <summary>Nothing of it could be learnt from.</summary>
    private static Row Spoilt(int kind) => new()
    {
        Features = (kind % 3) switch { 0 => [float.NaN, 1, 2], 1 => [0, float.PositiveInfinity, 0], _ => [1e30f, -1e30f, 7] },
        Flag = true,
        Class = 77,
        Number = kind % 2 == 0 ? float.NaN : 1e38f,
        Numbers = [float.NegativeInfinity, 1e6f],
        Flags = [true, true],
        Weight = 0,
    };

    private sealed record Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public bool Flag { get; set; }

        // In memory, 0 is the first value.
        [KeyType(3)]
        public uint Class { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Numbers { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public float Weight { get; set; }
    }
}
