using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Vectors that are not what their column's type says: VBuffer checks neither the order nor the range of its indices.</summary>
public class BadVectorsTests
{
    public static IEnumerable<object[]> WrongIndices =>
        from task in EveryTask.Names
        from wrong in new (int[] Indices, string Found)[]
        {
            ([2, 0], "index 0 after 2"), ([1, 1], "index 1 after 1"), ([0, 3], "index 3 after 0"), ([-1, 0], "first index -1"),
            ([0, int.MaxValue], "index 2147483647 after 0"),
        }
        select new object[] { task, wrong.Indices, wrong.Found };

    [Theory]
    [MemberData(nameof(WrongIndices))]
    public void FeaturesWithWrongIndices_AreRefused_InFitAndTransform(string task, int[] indices, string found)
    {
        var table = new Table();
        ITransformer model = EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer;
        table.Features[7] = new VBuffer<float>(3, 2, [1, 2], indices);
        string message =
            $"Feature column 'Features' has a sparse vector of 3 slots with {found}; indices must ascend from 0 to 2 without repetition. "
                + "Sort them where the vector is made.";
        EveryTask.AssertRefused<InvalidOperationException>(message, EveryTask.Options(task), table.View());
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => EveryTask.Scores(model.Transform(table.View()))).Message);
    }

    [Fact]
    public void LabelsWithWrongIndices_AreRefused()
    {
        var table = new Table();
        table.Numbers[7] = new VBuffer<float>(2, 1, [1], [2]);
        table.Flags[7] = new VBuffer<bool>(3, 2, [true, true], [2, 1]);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Numbers' has a sparse vector of 2 slots with first index 2; indices must ascend from 0 to 1 without "
                + "repetition. Sort them where the vector is made.",
            EveryTask.Options("several targets"), table.View());
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Flags' has a sparse vector of 3 slots with index 1 after 2; indices must ascend from 0 to 2 without "
                + "repetition. Sort them where the vector is made.",
            EveryTask.Options("multi-label"), table.View());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void RowsOfAnotherSlotCount_AreRefused_InFitAndTransform(int slotCount)
    {
        foreach (string task in EveryTask.Names)
        {
            var table = new Table();
            ITransformer model = EveryTask.Fit(EveryTask.Options(task), table.View()).Transformer;
            table.Features[7] = new VBuffer<float>(slotCount, new float[slotCount]);
            string message =
                $"Feature column 'Features' is Vector<Single, 3>, but a row has {slotCount} slots. Give every row the same number "
                    + "of features.";
            EveryTask.AssertRefused<InvalidOperationException>(message, EveryTask.Options(task), table.View());
            Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => EveryTask.Scores(model.Transform(table.View()))).Message);
        }
    }

    [Fact]
    public void LabelsOfAnotherSlotCount_AreRefused()
    {
        var table = new Table();
        table.Numbers[7] = new VBuffer<float>(3, [1, 2, 3]);
        table.Flags[7] = new VBuffer<bool>(0, []);
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Numbers' is Vector<Single, 2>, but a row has 3 slots. Give every row the same number of targets.",
            EveryTask.Options("several targets"), table.View());
        EveryTask.AssertRefused<InvalidOperationException>(
            "Label column 'Flags' is Vector<Boolean, 3>, but a row has 0 slots. Give every row the same number of targets.",
            EveryTask.Options("multi-label"), table.View());
    }
}
