using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Mlp.MLNet;
using Mlp.TestSupport;

namespace Mlp.Tool.Tests.Scorers;

/// <summary>Classes made of zips that programs with ML.NET saved give the bits of the pipeline, whatever the task and the preset.</summary>
public sealed class PipelineScorerTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, MlpPreset> TasksAndPresets => [.. new[] { "binary", "multiclass", "regression", "targets", "labels" }
        .SelectMany(task => Enum.GetValues<MlpPreset>().Select(preset => (task, preset)))];

    [Theory]
    [InlineData("binary", MlpPreset.Fast)]
    [InlineData("labels", MlpPreset.Default)]
    public void SomeTasksAndPresets(string task, MlpPreset preset) => EveryTaskAndPreset(task, preset);

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(TasksAndPresets))]
    public void EveryTaskAndPreset(string task, MlpPreset preset)
    {
        MlpOptions options = task switch
        {
            "binary" => new MlpBinaryTrainer.Options(preset) { LabelColumnName = nameof(Row.Flag) },
            "multiclass" => new MlpMulticlassTrainer.Options(preset) { LabelColumnName = nameof(Row.Kind) },
            "labels" => new MlpMultiLabelTrainer.Options(preset) { LabelColumnName = nameof(Row.Flags) },
            "targets" => new MlpRegressionTrainer.Options(preset) { LabelColumnName = nameof(Row.Targets) },
            _ => new MlpRegressionTrainer.Options(preset) { LabelColumnName = nameof(Row.Target) },
        };
        Check(
            options, _ml.Transforms.Categorical.OneHotEncoding(nameof(Row.Colour))
                .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), nameof(Row.Colour), nameof(Row.Vector)))
                .Append(_ml.Transforms.Conversion.MapValueToKey(nameof(Row.Kind))));
    }

    [Fact]
    public void StepsOfNumbers_AndKeyColumns() => Check(
        new MlpBinaryTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Flag), CategoricalColumnNames = ["ColourKey"] },
        _ml.Transforms.ReplaceMissingValues([new("Filled", nameof(Row.X)), new("FilledVector", nameof(Row.Vector))],
                Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(_ml.Transforms.NormalizeMeanVariance("Filled"))
            .Append(_ml.Transforms.NormalizeMinMax("FilledVector", fixZero: false))
            .Append(_ml.Transforms.Conversion.MapValueToKey("ColourKey", nameof(Row.Colour)))
            .Append(_ml.Transforms.CopyColumns("Again", nameof(Row.Vector)))
            .Append(_ml.Transforms.Concatenate("Inner", "FilledVector", "Again"))
            .Append(_ml.Transforms.Concatenate("Features", "Filled", "Inner", "Filled"))
            .Append(_ml.Transforms.NormalizeMinMax("Features")));

    [Fact]
    public void Texts_OfAnyCharacters() => Check(
        new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target) },
        _ml.Transforms.Text.FeaturizeText("Words", nameof(Row.Remark))
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Words")));

    [Fact]
    public void StepWithoutAForm_IsNamedWithItsColumn()
    {
        string message = Refusal(_ml.Transforms.Text.ProduceHashedWordBags("Words", nameof(Row.Remark), numberOfBits: 4)
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Words")));
        Assert.Contains("column 'Words' is made from 'Remark' (String) by", message);
        Assert.EndsWith(
            "which has no form in C#. Leave that step out or use another in its place, as docs/scoring.md says, and train again.", message);
    }

    [Fact]
    public void TextsOfOtherOptions_AreRefused()
    {
        string message = Refusal(_ml.Transforms.Text.FeaturizeText(
                "Words", new Microsoft.ML.Transforms.Text.TextFeaturizingEstimator.Options { KeepPunctuations = false }, nameof(Row.Remark))
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Words")));
        Assert.Contains("from column 'Remark', is ", message);
    }

    [Fact]
    public void ConvertedNumbersAndFlags() => Check(
        new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target) },
        _ml.Transforms.Conversion.ConvertType([new("N", nameof(Row.Count)), new("D", nameof(Row.Precise)), new("F", nameof(Row.Flag))])
            .Append(_ml.Transforms.NormalizeMinMax("N"))
            .Append(_ml.Transforms.Concatenate("Features", "N", "D", "F")));

    [Fact]
    public void SparseSlots_OfManyCategories() => Check(
        new MlpMulticlassTrainer.Options(MlpPreset.Fast)
        {
            LabelColumnName = nameof(Row.Kind),
            CategoricalEmbedding = CategoricalEmbedding.None,
        },
        _ml.Transforms.Categorical.OneHotEncoding("Names", nameof(Row.Name))
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Names"))
            .Append(_ml.Transforms.Conversion.MapValueToKey(nameof(Row.Kind))));

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void HashedTexts_OfAnyCharacters(int bits)
    {
        foreach (bool ordered in new[] { true, false })
        {
            Check(
                new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target) },
                _ml.Transforms.Categorical.OneHotHashEncoding("Remark", numberOfBits: bits, useOrderedHashing: ordered)
                    .Append(_ml.Transforms.Categorical.OneHotHashEncoding("Names", nameof(Row.Name), numberOfBits: bits))
                    .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Remark", "Names")));
        }
    }

    [Fact]
    public void HashedKeyColumns() => Check(
        new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target), CategoricalColumnNames = ["Key"] },
        _ml.Transforms.Conversion.Hash("Key", nameof(Row.Name), numberOfBits: 5)
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), nameof(Row.Vector))));

    [Fact]
    public void AHashOfAnotherSeed_IsRefused() => Assert.Contains("column 'Words' is made from 'Remark' (String) by", Refusal(
        _ml.Transforms.Conversion.Hash(new HashingEstimator.ColumnOptions("Words", nameof(Row.Remark), numberOfBits: 4, seed: 7))
            .Append(_ml.Transforms.Conversion.MapKeyToVector("Words"))
            .Append(_ml.Transforms.Concatenate("Features", nameof(Row.X), "Words"))));

    [Theory]
    [InlineData(nameof(Row.Target), 0.9)]
    [InlineData(nameof(Row.Targets), 0.5, 0.8)]
    public void Intervals(string label, params double[] levels) => Check(
        new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = label, PredictionIntervals = [.. levels] },
        _ml.Transforms.Concatenate("Features", nameof(Row.Vector), nameof(Row.X)), rowCount: 400);

    [Theory]
    [InlineData(nameof(Row.Flag))]
    [InlineData(nameof(Row.Kind))]
    public void SetsOfClasses(string label) => Check(
        label == nameof(Row.Flag)
            ? new MlpBinaryTrainer.Options(MlpPreset.Fast) { LabelColumnName = label, PredictionSets = 0.8 }
            : new MlpMulticlassTrainer.Options(MlpPreset.Fast) { LabelColumnName = label, PredictionSets = 0.8 },
        _ml.Transforms.Concatenate("Features", nameof(Row.Vector), nameof(Row.X))
            .Append(_ml.Transforms.Conversion.MapValueToKey(nameof(Row.Kind))), rowCount: 200);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AProject_HasTheClassAndItsWeights_AndThePackageWhereItIsAskedFor(bool usesPackage)
    {
        string zip = Train(
            new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target) },
            _ml.Transforms.Concatenate("Features", nameof(Row.X), nameof(Row.Vector)));
        string folder = _folder.PathOf("prices"), source = Path.Combine(folder, "Prices.cs");
        string[] export = ["export", zip, "--project", folder, .. usesPackage ? ["--use-package"] : Array.Empty<string>()];

        Assert.Equal(Mlp.Tool.Output.ExitCode.Success, ToolRun.Of(export).ExitCode);

        Assert.Equal(["Prices.cs", "Prices.csproj", "Prices.weights"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(folder, "Prices.csproj"));
        Assert.Equal("Prices.weights", project.Descendants("EmbeddedResource").Single().Attribute("LogicalName")!.Value);
        Assert.Equal(
            usesPackage ? ["Mlp.Scoring"] : [],
            project.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value));
        // The scorer itself is in the class, or in the package.
        Assert.Equal(!usesPackage, File.ReadAllText(source).Contains("class NetworkShape", StringComparison.Ordinal));
        CompiledScorer.Compile(source, Path.Combine(folder, "Prices.weights"), "Prices", usesPackage)
            .AssertSameAs(_ml.Data.LoadFromEnumerable(Row.Hostile()), _ml.Model.Load(zip, out _));
    }

    public void Dispose() => _folder.Dispose();

    private string Refusal(IEstimator<ITransformer> steps)
    {
        string zip = Train(
            new MlpRegressionTrainer.Options(MlpPreset.Fast) { LabelColumnName = nameof(Row.Target) }, steps);
        return ToolRun.Fails(Mlp.Tool.Output.ExitCode.BadInput, "export", zip, "--csharp", _folder.PathOf("Refused.cs"));
    }

    private void Check(MlpOptions options, IEstimator<ITransformer> steps, int rowCount = 130)
    {
        string zip = Train(options, steps, rowCount);
        CompiledScorer.Of(zip).AssertSameAs(_ml.Data.LoadFromEnumerable(Row.Hostile()), _ml.Model.Load(zip, out _));
    }

    private string Train(MlpOptions options, IEstimator<ITransformer> steps, int rowCount = 130)
    {
        (options.Seed, options.NumberOfEpochs, options.NumberOfThreads) = (1, 2, 1);
        IEstimator<ITransformer> trainer = options switch
        {
            MlpBinaryTrainer.Options binary => _ml.BinaryClassification.Trainers.Mlp(binary),
            MlpMulticlassTrainer.Options multiclass => _ml.MulticlassClassification.Trainers.Mlp(multiclass),
            MlpMultiLabelTrainer.Options labels => _ml.MulticlassClassification.Trainers.MlpMultiLabel(labels),
            _ => _ml.Regression.Trainers.Mlp((MlpRegressionTrainer.Options)options),
        };
        IDataView data = _ml.Data.LoadFromEnumerable(Row.Create(rowCount));
        string zip = _folder.PathOf("model.zip");
        ITransformer model = steps.Append(trainer).Fit(data);
        _ml.Model.Save(model, data.Schema, zip);
        return zip;
    }

    private sealed class Row
    {
        private static readonly string[] Remarks =
        [
            "leave at the door", "a|b c|d e", "| || |x", "HELLO Ünïcode É", "tab\there  twice twice", "x", "", "12,5 % -- off!", "日本 語",
            "the the the the",
        ];

        private static readonly string[] Colours = ["red", "green", "blue", "Red ", "ünïcode"];

        public float X { get; set; }

        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        public string Colour { get; set; } = "";

        public string Name { get; set; } = "";

        public string Remark { get; set; } = "";

        public int Count { get; set; }

        public double Precise { get; set; }

        public bool Flag { get; set; }

        public string Kind { get; set; } = "";

        public float Target { get; set; }

        [VectorType(2)]
        public float[] Targets { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public static Row[] Create(int count)
        {
            var random = new Random(3);
            return [.. Enumerable.Range(0, count).Select(row =>
            {
                float x = (float)random.NextDouble() * 10;
                return new Row
                {
                    X = row % 11 == 5 ? float.NaN : x,
                    Vector = [x * x, row % 7, (float)random.NextDouble() - 100_000],
                    Colour = row % 13 == 4 ? "" : Colours[row % Colours.Length],
                    Name = $"name {random.Next(50)}",
                    Remark = $"{Remarks[row % Remarks.Length]} {Remarks[random.Next(Remarks.Length)]}",
                    Count = random.Next(-1_000_000_000, 1_000_000_000),
                    Precise = Math.PI * x,
                    Flag = x > 5,
                    Kind = x > 6 ? "high" : x > 3 ? "mid" : "low",
                    Target = 1e6f + x,
                    Targets = [x, -x * 100],
                    Flags = [x > 2, row % 3 == 0],
                };
            })];
        }

        /// <summary>Rows as above, and those that no training has: missing, unseen, extreme.</summary>
        public static Row[] Hostile()
        {
            Row[] rows = Create(count: 120);
            float[] extreme = [float.MaxValue, float.MinValue, float.Epsilon, -0f, 1e20f, float.NaN, float.PositiveInfinity];
            for (int index = 0; index < extreme.Length; index++)
            {
                rows[index].X = extreme[index];
                rows[^(index + 1)].Vector = [extreme[index], 1, extreme[(index + 1) % extreme.Length]];
                rows[index + 20].Colour = index % 2 == 0 ? "unseen" : "";
                rows[index + 40].Remark = index % 2 == 0 ? " unseen Words|here " : "\U0001F600 \u0301e\u0308 \u00DF ﬁ Ⅷ";
                rows[index + 20].Name = index % 2 == 0 ? "RED" : " name 1";
            }
            return rows;
        }
    }
}
