using System.Globalization;
using System.Text;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>Every file of SaveAsOnnx that the tests make, in Microsoft.ML.OnnxRuntime.</summary>
public class OnnxRuntimeTests(ITestOutputHelper output)
{
    /// <summary>Prints the table of docs/onnx.md.</summary>
    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryModel_PredictsTheSame()
    {
        var largest = new Dictionary<(string Variant, string Task), double>();
        (int modelCount, int valueCount) = (0, 0);
        foreach (OnnxCase one in OnnxFileTests.Cases)
        {
            using var session = new OnnxRuntimeSession(one.File);
            double difference = session.AssertPredicts(one);
            (string, string) key = (one.Variant.Split(", classes")[0], one.Task);
            largest[key] = Math.Max(largest.GetValueOrDefault(key), difference);
            (modelCount, valueCount) = (modelCount + 1, valueCount + one.Outputs.Sum(values => values.Values.Length));
        }
        // The cases must not get lost: some hundred models, rows times outputs of each.
        Assert.InRange(modelCount, 490, 550);
        Assert.InRange(valueCount, 70_000, 200_000);
        output.WriteLine(Table(largest));
        output.WriteLine($"{modelCount} models, {valueCount.ToString("N0", CultureInfo.InvariantCulture)} values.");
    }

    [Fact]
    public void MissingValuesCategoriesAndSparseSlots_PredictTheSame_InBatchesOfAnySize()
    {
        foreach (OnnxCase one in MixedCases.All())
        {
            using var session = new OnnxRuntimeSession(one.File);
            foreach (int rowCount in (int[])[0, 1, 7, MixedCases.RowCount])
                session.AssertPredicts(one.Take(rowCount));
        }
    }

    /// <summary>A value that is not known has the prediction of no flag at all, however it comes about.</summary>
    [Fact]
    public void WrongFlags_CountAsUnknown()
    {
        OnnxCase one = MixedCases.All().First(one => one is { Task: "regression", Variant: "categories alone" });
        float[][] rows =
        [
            [0, 0, 0, 0, 0, 1], [1, 1, 0, 0, 0, 1], [0, 0.5f, 0, 0, 0, 1], [2, -1, 0, 0, 0, 1], [0, 0, 0, float.NaN, 0, 1],
            [1, 0, 0, float.NaN, 0, 1], [0, 0, 1, 0, 0, 1],
        ];
        using var session = new OnnxRuntimeSession(one.File);
        float[] scores = session.Predict<float>([.. rows.SelectMany(row => row)], "Score");
        Assert.All(scores[..^1], score => Assert.Equal(scores[0], score));
        Assert.NotEqual(scores[0], scores[^1]);
    }

    private static string Table(Dictionary<(string Variant, string Task), double> largest)
    {
        string[] tasks = [.. largest.Keys.Select(key => key.Task).Distinct()];
        var table = new StringBuilder($"| model | {string.Join(" | ", tasks)} |\n|---|{string.Concat(tasks.Select(_ => "---|"))}\n");
        foreach (string variant in largest.Keys.Select(key => key.Variant).Distinct())
        {
            IEnumerable<string> cells = tasks.Select(task => largest.TryGetValue((variant, task), out double difference)
                ? difference.ToString("0.0e+0", CultureInfo.InvariantCulture) : "");
            table.AppendLine(CultureInfo.InvariantCulture, $"| {variant} | {string.Join(" | ", cells)} |");
        }
        return table.ToString();
    }
}
