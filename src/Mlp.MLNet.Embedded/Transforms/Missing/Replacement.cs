using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>What replaces the missing values of a column: one value, or one for each slot.</summary>
internal sealed class Replacement(DataViewType type, bool isBySlot, double[] values)
{
    public static Replacement Load(ModelLoadContext ctx)
    {
        NumberDataViewType itemType = ctx.Reader.ReadBoolean() ? NumberDataViewType.Double : NumberDataViewType.Single;
        bool isBySlot = ctx.Reader.ReadBoolean();
        double[] values = ModelReading.ReadItems(ctx, reader => reader.ReadDouble());
        Contracts.CheckDecode(values.Length > 0 && (isBySlot || values.Length == 1));
        return new Replacement(isBySlot ? new VectorDataViewType(itemType, values.Length) : itemType, isBySlot, values);
    }

    public void Save(ModelSaveContext ctx)
    {
        ctx.Writer.Write(type.GetItemType() == NumberDataViewType.Double);
        ctx.Writer.Write(isBySlot);
        ctx.Writer.Write(values.Length);
        foreach (double value in values)
            ctx.Writer.Write(value);
    }

    /// <summary>The column may have another type than the one this was learned from.</summary>
    public void Check(IHost host, DataViewSchema.Column source)
    {
        const string ParameterName = "inputSchema";
        if (!source.Type.GetItemType().Equals(type.GetItemType()))
        {
            throw host.ExceptParam(
                "InputSchema",
                $"Column '{source.Name}' item type '{type.GetItemType()}' does not match expected ColumnType of '{source.Type}'");
        }

        if (!isBySlot)
            return;
        if (source.Type is not VectorDataViewType vector)
        {
            throw host.ExceptParam(
                ParameterName,
                $"Column '{source.Name}' item type '{type}' cannot be a vector when Columntype is a scalar of type '{source.Type}'");
        }

        if (!vector.IsKnownSize)
        {
            throw host.ExceptParam(
                ParameterName, $"Column '{source.Name}' is unknown size vector '{source.Type}' must be a scalar instead of type '{type}'");
        }

        if (vector.Size != values.Length)
        {
            throw host.ExceptParam(
                ParameterName,
                $"Column '{source.Name}' item type '{type}' must be a scalar or a vector of the same size as Columntype '{source.Type}'");
        }
    }

    public Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
        => type.GetItemType() == NumberDataViewType.Single ? MakeGetter<float>(row, source) : MakeGetter<double>(row, source);

    private Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] replacements = [.. values.Select(T.CreateTruncating)];
        if (source.Type is not VectorDataViewType)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(source);
            return (ValueGetter<T>)((ref T destination) =>
            {
                getScalar(ref destination);
                if (T.IsNaN(destination))
                    destination = replacements[0];
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(source);
        VBuffer<T> buffer = default;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            getVector(ref buffer);
            Contracts.Check(!isBySlot || buffer.Length == replacements.Length);
            Replace(in buffer, ref destination, replacements);
        });
    }

    /// <summary>Dense stays dense; a value of a sparse vector that is replaced by zero becomes implicit.</summary>
    private void Replace<T>(in VBuffer<T> source, ref VBuffer<T> destination, T[] replacements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> sourceValues = source.GetValues();
        ReadOnlySpan<int> sourceIndices = source.GetIndices();
        var editor = VBufferEditor.Create(ref destination, source.Length, sourceValues.Length);
        int count = 0;
        for (int i = 0; i < sourceValues.Length; i++)
        {
            int slot = source.IsDense ? i : sourceIndices[i];
            bool isMissing = T.IsNaN(sourceValues[i]);
            T value = isMissing ? replacements[isBySlot ? slot : 0] : sourceValues[i];
            if (isMissing && !source.IsDense && value == T.Zero)
                continue;
            if (!source.IsDense)
                editor.Indices[count] = slot;
            editor.Values[count++] = value;
        }

        destination = editor.CommitTruncated(count);
    }
}
