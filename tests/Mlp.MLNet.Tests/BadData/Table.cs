using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Rows with a label for every task, sound until a test spoils them.</summary>
internal sealed class Table
{
    /// <param name="rowCount">At least 0.</param>
    /// <param name="featureCount">Of a row; drawn by a fixed generator.</param>
    public Table(int rowCount = 30, int featureCount = 3)
    {
        FeatureCount = featureCount;
        var random = new Random(1);
        Features = [.. Enumerable.Range(0, rowCount).Select(_ =>
            new VBuffer<float>(featureCount, [.. Enumerable.Range(0, featureCount).Select(_ => random.NextSingle() - 0.5f)]))];
        Flag = [.. Enumerable.Range(0, rowCount).Select(row => row % 2 == 1)];
        BinaryKey = [.. Enumerable.Range(0, rowCount).Select(row => (uint)(row % 2 + 1))];
        BinaryNumber = [.. Enumerable.Range(0, rowCount).Select(row => row % 2)];
        Class = [.. Enumerable.Range(0, rowCount).Select(row => (uint)(row % 3 + 1))];
        Number = [.. Enumerable.Range(0, rowCount).Select(row => row % 7)];
        Numbers = [.. Number.Select(number => new VBuffer<float>(2, [number, -2 * number]))];
        Flags = [.. Enumerable.Range(0, rowCount).Select(row => new VBuffer<bool>(3, [row % 2 == 0, row % 3 == 0, row % 5 == 0]))];
        Weight = [.. Enumerable.Repeat(1f, rowCount)];
    }

    public int FeatureCount { get; }

    public VBuffer<float>[] Features { get; }

    public bool[] Flag { get; }

    /// <summary>As a cursor has it: 1 for the first value, 0 for a missing one.</summary>
    public uint[] BinaryKey { get; }

    public float[] BinaryNumber { get; }

    /// <summary>As <see cref="BinaryKey"/>, of three values.</summary>
    public uint[] Class { get; }

    public float[] Number { get; }

    public VBuffer<float>[] Numbers { get; }

    public VBuffer<bool>[] Flags { get; }

    public float[] Weight { get; }

    /// <summary>What the view says of its length; what it has when it is null.</summary>
    public long? ClaimedRowCount { get; set; }

    public void SetFeature(int row, int slot, float value)
    {
        float[] values = [.. Features[row].DenseValues()];
        values[slot] = value;
        Features[row] = new VBuffer<float>(FeatureCount, values);
    }

    public void SetColumn(int slot, Func<int, float> value)
    {
        for (int row = 0; row < Features.Length; row++)
            SetFeature(row, slot, value(row));
    }

    public TableView View(string features = "Features", DataViewType? featureType = null, Array? featureValues = null) => new(
        [
            (features, featureType ?? new VectorDataViewType(NumberDataViewType.Single, FeatureCount), featureValues ?? Features),
            ("Flag", BooleanDataViewType.Instance, Flag),
            ("BinaryKey", new KeyDataViewType(typeof(uint), 2), BinaryKey),
            ("BinaryNumber", NumberDataViewType.Single, BinaryNumber),
            ("Class", new KeyDataViewType(typeof(uint), 3), Class),
            ("Number", NumberDataViewType.Single, Number),
            ("Numbers", new VectorDataViewType(NumberDataViewType.Single, 2), Numbers),
            ("Flags", new VectorDataViewType(BooleanDataViewType.Instance, 3), Flags),
            ("Weight", NumberDataViewType.Single, Weight),
        ],
        ClaimedRowCount ?? Features.Length);
}
