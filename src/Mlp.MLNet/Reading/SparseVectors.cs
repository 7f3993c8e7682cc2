using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>Copies vectors and checks the indices of sparse ones, which VBuffer does not.</summary>
internal static class SparseVectors
{
    /// <summary>Copies all values, explicit or not.</summary>
    /// <param name="vector">Dense or sparse.</param>
    /// <param name="values">As long as the vector; overwritten.</param>
    /// <param name="column">What the vector comes from, for the message: "Feature column 'Features'".</param>
    /// <exception cref="InvalidOperationException">The indices of a sparse vector do not ascend, or leave the vector.</exception>
    public static void CopyTo<T>(in VBuffer<T> vector, Span<T> values, string column)
    {
        ReadOnlySpan<T> explicitValues = vector.GetValues();
        if (vector.IsDense)
        {
            explicitValues.CopyTo(values);
            return;
        }
        CheckIndices(vector, column);
        values.Clear();
        ReadOnlySpan<int> indices = vector.GetIndices();
        for (int position = 0; position < indices.Length; position++)
            values[indices[position]] = explicitValues[position];
    }

    /// <param name="vector">Sparse.</param>
    /// <param name="column">What the vector comes from, for the message.</param>
    /// <exception cref="InvalidOperationException">The indices do not ascend, or leave the vector.</exception>
    public static void CheckIndices<T>(in VBuffer<T> vector, string column)
    {
        int previous = -1;
        foreach (int index in vector.GetIndices())
        {
            if (index <= previous || index >= vector.Length)
                throw Wrong(index, previous, vector.Length, column);
            previous = index;
        }
    }

    private static InvalidOperationException Wrong(int index, int previous, int length, string column)
    {
        string found = previous < 0 ? $"first index {index}" : $"index {index} after {previous}";
        return new(
            $"{column} has a sparse vector of {length} slots with {found}; indices must ascend from 0 to {length - 1} without "
                + "repetition. Sort them where the vector is made.");
    }
}
