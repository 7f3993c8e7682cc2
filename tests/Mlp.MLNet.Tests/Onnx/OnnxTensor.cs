namespace Mlp.MLNet.Tests;

/// <summary>Values of a graph, row-major: an array of float, bool, long or string.</summary>
internal sealed record OnnxTensor(int[] Shape, Array Values)
{
    public float[] Floats => (float[])Values;

    public int Rank => Shape.Length;

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => product * size);

    /// <summary>The product of the sizes before an axis, the size of the axis, and the product of the sizes behind it.</summary>
    public (int Before, int Size, int Behind) Around(int axis) => (Count(Shape[..axis]), Shape[axis], Count(Shape[(axis + 1)..]));

    /// <summary>The shape that both fit in, axes aligned at the last one, where a size of 1 stands for any.</summary>
    public static int[] CommonShape(int[] left, int[] right)
    {
        int rank = Math.Max(left.Length, right.Length);
        int[] leftSizes = [.. Enumerable.Repeat(1, rank - left.Length), .. left], rightSizes = [.. Enumerable.Repeat(1, rank - right.Length), .. right];
        return [.. leftSizes.Zip(rightSizes, (a, b) => a == b || b == 1 ? a : a == 1 ? b
            : throw new InvalidOperationException($"[{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not fit each other."))];
    }

    /// <summary>Repeats the values where a size of 1 stands for more.</summary>
    public T[] Spread<T>(int[] shape)
    {
        var source = (T[])Values;
        var result = new T[Count(shape)];
        for (int index = 0; index < result.Length; index++)
        {
            (int rest, int position, int stride) = (index, 0, 1);
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                int own = axis - (shape.Length - Rank), coordinate = rest % shape[axis];
                rest /= shape[axis];
                if (own < 0)
                    continue;
                position += Shape[own] == 1 ? 0 : coordinate * stride;
                stride *= Shape[own];
            }
            result[index] = source[position];
        }
        return result;
    }
}
