using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

public class VBufferTests
{
    [Fact]
    public void Dense_HoldsTheArrayItWasGiven()
    {
        float[] values = [1, 2, 3, 99];
        var vector = new VBuffer<float>(3, values);
        Assert.True(vector.IsDense);
        Assert.Equal([1f, 2f, 3f], vector.GetValues().ToArray());
        Assert.Equal(0, vector.GetIndices().Length);
        values[0] = 7;
        Assert.Equal(7, vector.GetItemOrDefault(0));
        Assert.Equal("Dense vector of size 3", vector.ToString());

        // The enumerator is that of the array, with what lies behind the end.
        Assert.Equal([7f, 2f, 3f, 99f], vector.Cast<float>());
    }

    [Fact]
    public void Sparse_GivesDefaultsBetweenExplicitValues()
    {
        VBuffer<float> vector = Sparse();
        Assert.False(vector.IsDense);
        Assert.Equal("Sparse vector of size 6, 2 explicit values", vector.ToString());
        Assert.Equal([10f, 40f], vector.GetValues().ToArray());
        Assert.Equal([1, 4], vector.GetIndices().ToArray());
        Assert.Equal([0f, 10f, 0f, 0f, 40f, 0f], vector.DenseValues());
        Assert.Equal([(1, 10f), (4, 40f)], vector.Items().Select(item => (item.Key, item.Value)));
        Assert.Equal([0, 1, 2, 3, 4, 5], vector.Items(all: true).Select(item => item.Key));
        Assert.Equal(40, vector.GetItemOrDefault(4));
        Assert.Equal(0, vector.GetItemOrDefault(5));
        float item = 5;
        vector.GetItemOrDefault(0, ref item);
        Assert.Equal(0, item);
        Assert.Throws<ArgumentOutOfRangeException>(() => vector.GetItemOrDefault(6));
    }

    [Fact]
    public void CopyTo_SpanFillsWithTheDefaultGiven()
    {
        float[] target = [9, 9, 9, 9, 9, 9, 9];
        Sparse().CopyTo(target, 1, -1);
        Assert.Equal([9f, -1f, 10f, -1f, -1f, 40f, -1f], target);

        // With nothing explicit the default given is not used.
        new VBuffer<float>(3, 0, null, null).CopyTo(target, 0, -1);
        Assert.Equal([0f, 0f, 0f, -1f, -1f, 40f, -1f], target);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse().CopyTo(new float[5]));
    }

    [Fact]
    public void CopyTo_SliceKeepsSparsenessUnlessAllIsExplicit()
    {
        VBuffer<float> slice = default;
        Sparse().CopyTo(ref slice, 2, 4);
        Assert.Equal([2], slice.GetIndices().ToArray());
        Assert.Equal([0f, 0f, 40f, 0f], slice.DenseValues());
        Sparse().CopyTo(ref slice, 4, 1);
        Assert.True(slice.IsDense);
        Assert.Equal([40f], slice.DenseValues());
        new VBuffer<float>(3, [1, 2, 3]).CopyTo(ref slice, 1, 2);
        Assert.Equal([2f, 3f], slice.DenseValues());
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse().CopyTo(ref slice, 5, 2));
    }

    [Fact]
    public void Copies_ShareNothing()
    {
        VBuffer<float> sparse = Sparse();
        VBuffer<float> copy = default;
        sparse.CopyTo(ref copy);
        VBuffer<float> dense = default;
        sparse.CopyToDense(ref dense);
        var editor = VBufferEditor.CreateFromBuffer(ref sparse);
        editor.Values[0] = -5;
        Assert.Equal([0f, 10f, 0f, 0f, 40f, 0f], copy.DenseValues());
        Assert.Equal(2, copy.GetIndices().Length);
        Assert.True(dense.IsDense);
        Assert.Equal([0f, 10f, 0f, 0f, 40f, 0f], dense.GetValues().ToArray());
        VBuffer<float>.Copy([1, 2, 3, 4], 1, ref dense, 2);
        Assert.Equal([2f, 3f], dense.DenseValues());
    }

    [Fact]
    public void Editor_ReusesArraysThatAreLargeEnough()
    {
        VBuffer<int> buffer = default;
        var first = VBufferEditor.Create(ref buffer, 3);
        Assert.True(first.CreatedNewValues);
        Assert.False(first.CreatedNewIndices);
        Assert.Equal(3, first.Values.Length);
        first.Values[0] = 1;
        buffer = first.Commit();
        Assert.True(buffer.IsDense);

        // The first array has room for four.
        var second = VBufferEditor.Create(ref buffer, 10, 4);
        Assert.False(second.CreatedNewValues);
        Assert.True(second.CreatedNewIndices);
        Assert.Equal(4, second.Indices.Length);
        Assert.Equal(1, second.Values[0]);
        second.Indices[0] = 8;
        buffer = second.CommitTruncated(1);
        Assert.Equal([8], buffer.GetIndices().ToArray());
        Assert.Equal(10, buffer.Length);

        var third = VBufferEditor.Create(ref buffer, 20, 5, keepOldOnResize: true);
        Assert.True(third.CreatedNewValues);
        Assert.Equal(1, third.Values[0]);
        var fourth = VBufferEditor.Create(ref buffer, 3, requireIndicesOnDense: true);
        Assert.Equal(3, fourth.Indices.Length);
    }

    [Fact]
    public void Editor_RefusesImpossibleSizes()
    {
        VBuffer<int> buffer = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(-1, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Truncate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, 2, [1, 2], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, 4, [1, 2, 3, 4], [0, 1, 2, 3]));

        void Create(int length, int? count) => VBufferEditor.Create(ref buffer, length, count);

        void Truncate() => VBufferEditor.Create(ref buffer, 3, 2).CommitTruncated(3);
    }

    private static VBuffer<float> Sparse() => new(6, 2, [10, 40, 0], [1, 4, 0]);
}
