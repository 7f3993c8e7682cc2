using Mlp.Data;
using Mlp.TestSupport;

namespace Mlp.Tests.Data;

public class FeatureScalingTests
{
    [Fact]
    public void Standardize_GivesMeanZeroAndDeviationOne()
    {
        // Column 1: 1, 3, 5, 7: mean 4, population variance 5. Column 2: −10, −10, 10, 10: mean 0, deviation 10.
        double[] features = [1, -10, 3, -10, 5, 10, 7, 10];
        var scaling = FeatureScaling<double>.Standardize(features, inputCount: 2);
        Tolerance.AssertClose("offsets", scaling.Offsets, [4, 0], 1e-15);
        Tolerance.AssertClose("factors", scaling.Factors, [1 / Math.Sqrt(5), 0.1], 1e-15);

        scaling.Apply(features);
        Tolerance.AssertClose<double>(
            "scaled", features, [-3 / Math.Sqrt(5), -1, -1 / Math.Sqrt(5), -1, 1 / Math.Sqrt(5), 1, 3 / Math.Sqrt(5), 1], 1e-15);
    }

    [Theory]
    [InlineData(1e8)]
    [InlineData(-1e12)]
    public void Standardize_SurvivesALargeOffset(double offset)
    {
        // A single pass, Σx² − (Σx)² / n, would lose the deviation of 0.5 altogether.
        double[] features = [.. Enumerable.Range(0, 1000).Select(row => offset + row % 2)];
        var scaling = FeatureScaling<double>.Standardize(features, inputCount: 1);
        Assert.Equal(offset + 0.5, scaling.Offsets[0], 1e-15 * Math.Abs(offset) * 4);
        Assert.Equal(2, scaling.Factors[0], 1e-6);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void Standardize_MakesAConstantColumnZero_HoweverManyRows(int rowCount)
    {
        foreach (double value in (double[])[0, 0.1, 1.0 / 3, -7.7, 1e30, 1e-30])
        {
            double[] features = [.. Enumerable.Repeat(value, rowCount)];
            var scaling = FeatureScaling<double>.Standardize(features, inputCount: 1);
            scaling.Apply(features);
            Assert.Equal(0, scaling.Factors[0]);
            Assert.DoesNotContain(features, scaled => scaled != 0);
        }
    }

    [Fact]
    public void Standardize_TakesAColumnOfDenormals_ForConstant()
    {
        // Its factor would overflow.
        var scaling = FeatureScaling<float>.Standardize([0, 0, 1e-44f, 1], inputCount: 2);
        Assert.Equal(0, scaling.Factors[0]);
        Assert.Equal(2, scaling.Factors[1], 1e-6f);
        Assert.Equal(0, FeatureScaling<double>.Standardize([0, 1e-310], inputCount: 1).Factors[0]);
    }

    [Fact]
    public void Apply_MakesTinyValuesZero()
    {
        // 2^-60 is 8.7e-19.
        float[] features = [1e-19f, 1e-40f, 1e-18f, float.NaN], clipped = [.. features];
        new FeatureScaling<float>([0, 0, 0, 0], [1, 1, 1, 1]).Apply(features);
        new FeatureScaling<float>([0, 0, 0, 0], [1, 1, 1, 1], limit: 3).Apply(clipped);
        Assert.Equal([0, 0, 1e-18f, float.NaN], features);
        Assert.Equal(
            [0, 0, 1e-18f, float.NaN], clipped, (expected, actual) => expected.Equals(actual) || Math.Abs(expected - actual) < 1e-24f);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    [InlineData(float.MaxValue)]
    public void Apply_NeverOverflows_ForTheRowsItWasMadeFrom(float size)
    {
        // Mean size / 2, deviation √3/2 · size: the last row lies further from the mean than the largest Single.
        float[] features = [size, size, size, -size];
        FeatureScaling<float>.Standardize(features, inputCount: 1).Apply(features);
        float high = 1 / MathF.Sqrt(3), low = -MathF.Sqrt(3);
        Assert.Equal([high, high, high, low], features, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void Apply_LeavesNaN()
    {
        float[] features = [float.NaN, 3];
        new FeatureScaling<float>([1, 1], [2, 2]).Apply(features);
        Assert.Equal([float.NaN, 4], features);
    }

    [Fact]
    public void Standardize_OfOneRow_LeavesEveryFeatureOut() =>
        Assert.Equal([0f, 0f], FeatureScaling<float>.Standardize([3, 4], inputCount: 2).Factors.ToArray());

    [Fact]
    public void Standardize_WithoutARow_OrAFeature_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("features", () => FeatureScaling<float>.Standardize([1], inputCount: 2));
        Assert.Throws<ArgumentOutOfRangeException>("inputCount", () => FeatureScaling<float>.Standardize([1], inputCount: 0));
    }

    [Fact]
    public void Constructor_ChecksItsNumbers()
    {
        Assert.StartsWith(
            "There are 1 offsets and 2 factors; each feature needs one of both.",
            Assert.Throws<ArgumentException>("factors", () => new FeatureScaling<float>([1], [1, 2])).Message);
        Assert.StartsWith(
            "Feature 1 has offset 2 and factor NaN; both must be finite.",
            Assert.Throws<ArgumentException>("offsets", () => new FeatureScaling<float>([1, 2], [1, float.NaN])).Message);
        Assert.Throws<ArgumentException>("offsets", () => new FeatureScaling<float>([float.PositiveInfinity], [1]));
    }

    [Fact]
    public void Constructor_CopiesItsNumbers()
    {
        float[] offsets = [1], factors = [2];
        var scaling = new FeatureScaling<float>(offsets, factors);
        offsets[0] = factors[0] = 9;
        float[] row = [4];
        scaling.Apply(row);
        Assert.Equal(6, row[0]);
    }

    [Fact]
    public void Robust_CentresOnTheMedian_AndDividesByTheQuartiles()
    {
        // Sorted 0, 1, 2, 4, 100: median 2, quartiles 1 and 4. An outlier of 1e9 in its place would change nothing.
        foreach (double outlier in (double[])[100, 1e9])
        {
            var scaling = FeatureScaling<double>.Robust(new RowBlocks<double>([4, 0, outlier, 2, 1], rowLength: 1));
            Tolerance.AssertClose("offsets", scaling.Offsets, [2], 1e-15);
            Tolerance.AssertClose("factors", scaling.Factors, [1 / 3.0], 1e-15);
            Assert.Equal(3, scaling.Limit);
        }
    }

    [Fact]
    public void Robust_ScalesAMostlyZeroColumn_ByTheValuesThatAreNot()
    {
        // Eleven zeros and 1,000, 7,000, 99,999: the middle one of the three becomes 2 before the clip, and so does the 1 of a flag.
        double[] gains = [0, 0, 1_000, 0, 0, 99_999, 0, 7_000, 0, 0, 0, 0, 0, 0], flags = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        double[] features = [.. gains.Zip(flags, (gain, flag) => (double[])[gain, flag]).SelectMany(row => row)];
        var scaling = FeatureScaling<double>.Robust(new RowBlocks<double>(features, rowLength: 2));
        Tolerance.AssertClose("offsets", scaling.Offsets, [0, 0], 0);
        Tolerance.AssertClose("factors", scaling.Factors, [2 / 7_000.0, 2], 1e-15);
    }

    [Fact]
    public void Robust_LeavesConstantColumnsOut_AndSeesRareValuesOfManyRows()
    {
        int rowCount = 3 * RobustStatistics.MaxSampleSize;
        var features = new float[rowCount * 2];
        for (int row = 0; row < rowCount; row++)
            features[2 * row] = 7;
        features[^1] = 5;
        var scaling = FeatureScaling<float>.Robust(new RowBlocks<float>(features, rowLength: 2));
        Assert.Equal([0, 0.4f], scaling.Factors.ToArray());
        Assert.Equal([7, 0], scaling.Offsets.ToArray());
    }

    [Fact]
    public void Robust_OfManyRows_TakesItsQuartilesFromASample()
    {
        float[] features = [.. Enumerable.Range(0, 5 * RobustStatistics.MaxSampleSize).Select(row => row * 7919 % 100_003 / 100_003f)];
        var scaling = FeatureScaling<float>.Robust(new RowBlocks<float>(features, rowLength: 1));
        // The standard errors of the ranks: 0.0035 and 0.005.
        Assert.InRange(scaling.Offsets[0], 0.485f, 0.515f);
        Assert.InRange(1 / scaling.Factors[0], 0.48f, 0.52f);
        Assert.Equal(
            scaling.Offsets.ToArray(), FeatureScaling<float>.Robust(new RowBlocks<float>(features, rowLength: 1)).Offsets.ToArray());
    }

    [Fact]
    public void Robust_OfHugeNumbers_StaysFinite()
    {
        const float Largest = float.MaxValue;
        float[] features = [Largest, -Largest, Largest, -Largest];
        FeatureScaling<float>.Robust(new RowBlocks<float>(features, rowLength: 1)).Apply(features);
        // Half the distance of the quartiles to each side: z = ±1/2.
        float bent = 0.5f / MathF.Sqrt(1 + 1 / 36f);
        Assert.Equal([bent, -bent, bent, -bent], features, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
        double[] doubles = [double.MaxValue, -double.MaxValue, 0, double.MaxValue];
        FeatureScaling<double>.Robust(new RowBlocks<double>(doubles, rowLength: 1)).Apply(doubles);
        Assert.DoesNotContain(doubles, value => !double.IsFinite(value));
    }

    [Fact]
    public void Robust_OfManyBlocks_GivesTheBitsOfOne()
    {
        const int ColumnCount = 5000, RowCount = 850;
        float[] features = GemmChecks.Random<float>(RowCount * ColumnCount, seed: 1);
        // Mostly zero: all rows are looked at.
        for (int row = 0; row < RowCount; row++)
            features[row * ColumnCount] = row % 9 == 0 ? row : 0;
        var blocks = new RowBlocks<float>(ColumnCount);
        for (int row = 0; row < RowCount; row++)
            features.AsSpan(row * ColumnCount, ColumnCount).CopyTo(blocks.Add());
        Assert.Equal(2, blocks.Blocks.Count());
        FeatureScaling<float> expected = FeatureScaling<float>.Robust(new RowBlocks<float>(features, ColumnCount)),
            found = FeatureScaling<float>.Robust(blocks);
        Assert.Equal(expected.Offsets, found.Offsets);
        Assert.Equal(expected.Factors, found.Factors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void Apply_BendsValuesIntoTheLimit(int inputCount)
    {
        double[] offsets = GemmChecks.Random<double>(inputCount, seed: 1), factors = GemmChecks.Random<double>(inputCount, seed: 2);
        double[] features =
            [.. GemmChecks.Random<double>(inputCount * 3, seed: 3).Select((value, index) => index % 5 == 0 ? value * 100 : value)];
        double[] expected = [.. features.Select((x, index) =>
        {
            double z = (x - offsets[index % inputCount]) * factors[index % inputCount];
            return z / Math.Sqrt(1 + z / 3 * (z / 3));
        })];
        float[] single = [.. features.Select(x => (float)x)];
        new FeatureScaling<double>(offsets, factors, limit: 3).Apply(features);
        new FeatureScaling<float>([.. offsets.Select(x => (float)x)], [.. factors.Select(x => (float)x)], limit: 3).Apply(single);
        Tolerance.AssertClose<double>("clipped", features, expected, 1e-14);
        Tolerance.AssertClose<float>("clipped", single, expected, 1e-5);
    }

    [Fact]
    public void Apply_WithALimit_StaysFinite_AndKeepsNaN()
    {
        float[] row = [1e30f, -1e30f, float.PositiveInfinity, float.NaN, 0];
        new FeatureScaling<float>(new float[5], [1e8f, 1e8f, 1, 1, 1], limit: 3).Apply(row);
        Assert.Equal([3, -3, 3, float.NaN, 0], row);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Constructor_ChecksItsLimit(float limit) => Assert.StartsWith(
        "limit is",
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new FeatureScaling<float>([1], [1], limit)).Message);

    [Fact]
    public void Weights_CountARowAsOftenAsTheySay()
    {
        // Rows of weight 0 are NaN: they are not looked at.
        const int RowCount = 400, ColumnCount = 5;
        float[] features = GemmChecks.Random<float>(RowCount * ColumnCount, seed: 3),
            weights = [.. Enumerable.Range(0, RowCount).Select(row => row % 4)];
        var repeated = new List<float>();
        for (int row = 0; row < RowCount; row++)
        {
            Span<float> values = features.AsSpan(row * ColumnCount, ColumnCount);
            // A flag of which less than a quarter is 1.
            values[4] = row % 9 == 0 ? 1 : 0;
            for (int copy = 0; copy < weights[row]; copy++)
                repeated.AddRange(values);
            if (weights[row] == 0)
                values.Fill(float.NaN);
        }
        RowBlocks<float> rows = new(features, ColumnCount), exampleWeights = new(weights, 1), copies = new([.. repeated], ColumnCount);

        FeatureScaling<float> robust = FeatureScaling<float>.Robust(rows, exampleWeights: exampleWeights),
            expectedRobust = FeatureScaling<float>.Robust(copies);
        Assert.Equal(expectedRobust.Offsets.ToArray(), robust.Offsets.ToArray());
        Assert.Equal(expectedRobust.Factors.ToArray(), robust.Factors.ToArray());
        FeatureScaling<float> expected = FeatureScaling<float>.Standardize(copies),
            found = FeatureScaling<float>.Standardize(rows, exampleWeights);
        Tolerance.AssertClose("offsets", found.Offsets, [.. expected.Offsets.ToArray().Select(value => (double)value)], 1e-6);
        Tolerance.AssertClose("factors", found.Factors, [.. expected.Factors.ToArray().Select(value => (double)value)], 1e-6);
        var spans = FeatureScaling<float>.Standardize(features, ColumnCount, weights);
        Assert.Equal(found.Offsets.ToArray(), spans.Offsets.ToArray());
        Assert.Equal(found.Factors.ToArray(), spans.Factors.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5f)]
    public void WeightsThatAreAllTheSame_AreAsGoodAsNone(float weight)
    {
        var rows = new RowBlocks<float>(GemmChecks.Random<float>(300, seed: 3), rowLength: 3);
        var weights = new RowBlocks<float>([.. Enumerable.Repeat(weight, 100)], rowLength: 1);
        Assert.Equal(FeatureScaling<float>.Robust(rows).Offsets.ToArray(), FeatureScaling<float>.Robust(
            rows, exampleWeights: weights).Offsets.ToArray());
        Assert.Equal(FeatureScaling<float>.Robust(rows).Factors.ToArray(), FeatureScaling<float>.Robust(
            rows, exampleWeights: weights).Factors.ToArray());
        Assert.Equal(
            FeatureScaling<float>.Standardize(rows).Offsets.ToArray(), FeatureScaling<float>.Standardize(rows, weights).Offsets.ToArray());
        Assert.Equal(
            FeatureScaling<float>.Standardize(rows).Factors.ToArray(), FeatureScaling<float>.Standardize(rows, weights).Factors.ToArray());
    }

    // A third has no short binary form, and the smallest positive number no inverse: quartiles may differ by a rank then.
    [Theory]
    [InlineData(1 / 3f)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public void WeightsOfAnySize_GiveQuartilesWithinARank(float weight)
    {
        float[] values = [.. Enumerable.Range(0, 101)];
        var weights = new RowBlocks<float>([.. Enumerable.Repeat(weight, 101)], rowLength: 1);
        var scaling = FeatureScaling<float>.Robust(new RowBlocks<float>(values, 1), exampleWeights: weights);
        Assert.Equal(50, scaling.Offsets[0], 1f);
        Assert.Equal(50, 1 / scaling.Factors[0], 2f);
    }

    [Fact]
    public void WeightsThatAreNone_AreRefused()
    {
        var rows = new RowBlocks<float>([1, 2], rowLength: 1);
        AssertRefused("There are 1 x 1 example weights for 2 rows; each row needs one.", 1);
        AssertRefused("The example weight of row 1 is -1; it must be finite and at least 0.", 1, -1);
        AssertRefused("The example weight of row 0 is NaN; it must be finite and at least 0.", float.NaN, 1);
        AssertRefused("All 2 rows weigh 0; at least one row needs a positive weight.", 0, 0);

        void AssertRefused(string message, params float[] weights)
        {
            var exampleWeights = new RowBlocks<float>(weights, rowLength: 1);
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(
                "exampleWeights", () => FeatureScaling<float>.Standardize(rows, exampleWeights)).Message);
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(
                "exampleWeights", () => FeatureScaling<float>.Robust(rows, exampleWeights: exampleWeights)).Message);
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(
                "exampleWeights", () => TargetScaling<float>.Standardize(rows, exampleWeights: exampleWeights)).Message);
            Assert.StartsWith(
                message, Assert.Throws<ArgumentException>("exampleWeights", () => TargetRange<float>.Of(rows, exampleWeights)).Message);
        }
    }
}
