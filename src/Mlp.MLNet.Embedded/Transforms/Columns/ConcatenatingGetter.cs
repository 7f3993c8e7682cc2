using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes the getters that join columns into a vector.</summary>
internal static class ConcatenatingGetter
{
    public static Delegate Make(DataViewRow row, DataViewSchema.Column[] sources, Type itemType)
        => Generic.CallStatic<Delegate>(typeof(ConcatenatingGetter), nameof(MakeGetter), [itemType], row, sources);

    public static Delegate MakeIdentity(DataViewRow row, DataViewSchema.Column source)
        => Generic.CallStatic<Delegate>(typeof(ConcatenatingGetter), nameof(MakeIdentityGetter), [source.Type.RawType], row, source);

    private static ValueGetter<T> MakeIdentityGetter<T>(DataViewRow row, DataViewSchema.Column source)
        => row.GetGetter<T>(row.Schema[source.Index]);

    private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] sources)
    {
        var parts = new VBuffer<T>[sources.Length];
        ValueGetter<VBuffer<T>>[] getters = [.. sources.Select(source => PartGetter<T>(row, source))];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0;
            int count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                getters[i](ref parts[i]);
                length = checked(length + parts[i].Length);
                count += parts[i].GetValues().Length;
            }

            // Sparse as soon as at most half of the values are explicit, as in ML.NET.
            destination = count <= length / 2
                ? JoinSparse(parts, length, count, ref destination)
                : JoinDense(parts, length, ref destination);
        };
    }

    private static VBuffer<T> JoinDense<T>(VBuffer<T>[] parts, int length, ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        int offset = 0;
        foreach (VBuffer<T> part in parts)
        {
            part.CopyTo(editor.Values, offset);
            offset += part.Length;
        }

        return editor.Commit();
    }

    private static VBuffer<T> JoinSparse<T>(VBuffer<T>[] parts, int length, int count, ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, length, count);
        int offset = 0;
        int next = 0;
        foreach (VBuffer<T> part in parts)
        {
            ReadOnlySpan<T> values = part.GetValues();
            ReadOnlySpan<int> indices = part.GetIndices();
            values.CopyTo(editor.Values[next..]);
            for (int i = 0; i < values.Length; i++)
                editor.Indices[next + i] = offset + (part.IsDense ? i : indices[i]);
            next += values.Length;
            offset += part.Length;
        }

        return editor.Commit();
    }

    /// <summary>The column as a vector; a scalar becomes a dense vector of one.</summary>
    private static ValueGetter<VBuffer<T>> PartGetter<T>(DataViewRow row, DataViewSchema.Column source)
    {
        DataViewSchema.Column column = row.Schema[source.Index];
        if (source.Type is not VectorDataViewType vector)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return (ref VBuffer<T> destination) =>
            {
                var editor = VBufferEditor.Create(ref destination, 1);
                getter(ref editor.Values[0]);
                destination = editor.Commit();
            };
        }

        ValueGetter<VBuffer<T>> vectorGetter = row.GetGetter<VBuffer<T>>(column);
        return (ref VBuffer<T> destination) =>
        {
            vectorGetter(ref destination);
            if (vector.Size != 0 && vector.Size != destination.Length)
                throw Contracts.Except($"Column '{column.Name}': expected {vector.Size} slots, but got {destination.Length}");
        };
    }
}
