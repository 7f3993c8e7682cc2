using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Benchmarks.Quality;
using Mlp.MLNet;

namespace Mlp.Benchmarks.Tests.Quality;

public sealed class MixedSetsTests : IDisposable
{
    private readonly SmallSets _data = new();

    public MixedSetsTests() => _data.AddMixed();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("", "two,three,number")]
    [InlineData("tables", "two,three,number")]
    [InlineData("mixed", "again,said")]
    [InlineData("mixed,number", "number,again,said")]
    [InlineData("said", "said")]
    public void ReadAll_GivesWhatIsNamed_AndTheMixedOnlyThen(string named, string expected) => Assert.Equal(
        expected.Split(','),
        QualitySet.ReadAll(_data.Folder, named.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(set => set.Name));

    [Fact]
    public void ReadAll_CountsTheRowsOfTexts()
    {
        QualitySet set = Set("said");

        Assert.Equal(("mixed/said.tsv.gz", QualityTask.Multiclass, true, SmallSets.TrainCount, SmallSets.TestCount),
            (set.File, set.Task, set.IsMixed, set.TrainCount, set.TestCount));
        Assert.Equal(["Title", "Body"], set.Texts);
    }

    [Fact]
    public void ReadAll_TextsWithoutSplit_AreRefused()
    {
        File.Copy(Path.Combine(_data.Folder, "two.csv.gz"), Path.Combine(_data.Folder, "mixed", "wrong.tsv.gz"));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => QualitySet.ReadAll(_data.Folder, ["mixed"]));

        Assert.Contains("begins with 'x,colour,y,label,split'; a table of texts has", exception.Message);
    }

    [Fact]
    public void Rows_OfAMixedTable_AreColumnsOfTheirOwn_MissingNumbersNaN()
    {
        IDataView view = QualityRows.Read(Set("again"), _data.Folder, withTest: true).ToView(new MLContext(0), [7, 1]);

        Assert.Equal(["x", "y", "colour", "Label"], view.Schema.Select(column => column.Name));
        Assert.Equal(float.NaN, view.GetColumn<float>("y").First());
        Assert.Equal("", view.GetColumn<string>("colour").Last());
        Assert.Equal(BooleanDataViewType.Instance, view.Schema["Label"].Type);
    }

    [Fact]
    public void Rows_OfTexts_KeepTheirQuotesAndCommas()
    {
        var rows = QualityRows.Read(Set("said"), _data.Folder, withTest: false);
        IDataView view = rows.ToView(new MLContext(0), [1, 2]);

        Assert.Equal(SmallSets.TrainCount, rows.Labels.Count);
        Assert.Equal(["bug", "bug", "question"], rows.Labels.Take(3));
        Assert.Equal(["it fails", "how, \"why\""], view.GetColumn<string>("Title"));
        Assert.Equal(["row 2", "row 3"], view.GetColumn<string>("Body"));
        Assert.Equal(["bug", "question"], view.GetColumn<string>("Label"));
    }

    [Theory]
    [InlineData("Learn", true)]
    [InlineData("Replace", false)]
    public void Pipeline_LeavesMissingNumbersToTheTrainer_OrReplacesThem(string missing, bool hasMissing)
    {
        var part = new TrainingPart(Set("again"), QualityRows.Read(Set("again"), _data.Folder, withTest: true), [1, 2, 7], seed: 0);
        IEstimator<ITransformer> pipeline = QualityPipeline.Create(
            part.ML, part.Set, part.ML.Transforms.CopyColumns("Copied", "Features"), Enum.Parse<MissingNumbers>(missing));

        float[][] features = [.. pipeline.Fit(part.View).Transform(part.View).GetColumn<float[]>("Copied")];

        // Two numbers and an indicator for each colour that there is.
        Assert.All(features, row => Assert.InRange(row.Length, 3, 4));
        Assert.Equal(hasMissing, float.IsNaN(features[2][1]));
    }

    [Theory]
    [InlineData("again")]
    [InlineData("said")]
    public void Measure_FitsOursAndPeersToMixedSets(string name)
    {
        var run = new QualityRun(Set(name), QualityRows.Read(Set(name), _data.Folder, withTest: true), validating: false);
        var recipe = new QualityRecipe("own", "small", options => (options.HiddenLayerSizes, options.NumberOfEpochs) = ([16], 100))
        {
            Preset = MlpPreset.Plain,
            Missing = MissingNumbers.Replace,
        };

        // The class follows from the columns but for a few missing fields.
        Assert.InRange(run.Measure(recipe, seed: 0).Metrics["accuracy"], 0.75, 1);
        Assert.InRange(run.Measure(new LightGbm(), seed: 0).Metrics["accuracy"], 0.75, 1);
    }

    private QualitySet Set(string name) => QualitySet.ReadAll(_data.Folder, [name])[0];
}
