using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>(value - offset) * scale, slot by slot.</summary>
internal sealed class AffineNormalizerFunction<T>(T[] scales, T[]? offsets, bool isVector) : INormalizerFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public NormalizingTransformer.NormalizerModelParametersBase Parameters
        => isVector
            ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. scales], [.. offsets ?? []])
            : new NormalizingTransformer.AffineNormalizerModelParameters<T>(scales[0], offsets![0]);

    public static AffineNormalizerFunction<T> Load(ModelLoadContext ctx, int size, bool isVector)
    {
        T[] scales = NormalizerFunctions.ReadNumbers<T>(ctx, size);
        T[]? offsets = ctx.Reader.ReadBoolean() ? NormalizerFunctions.ReadNumbers<T>(ctx, size) : null;
        Contracts.CheckDecode(offsets != null || isVector);
        return new AffineNormalizerFunction<T>(scales, offsets, isVector);
    }

    public void Save(BinaryWriter writer)
    {
        NormalizerFunctions.WriteNumbers(writer, scales);
        writer.Write(offsets != null);
        if (offsets != null)
            NormalizerFunctions.WriteNumbers(writer, offsets);
    }

    public Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
    {
        if (!isVector)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(source);
            return (ValueGetter<T>)((ref T destination) =>
            {
                getScalar(ref destination);
                destination = (destination - offsets![0]) * scales[0];
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(source);
        var buffer = default(VBuffer<T>);
        var builder = new SparseBuilder<T>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            getVector(ref buffer);
            Contracts.Check(buffer.Length == scales.Length);
            builder.Reset(buffer.Length);
            if (offsets == null)
                AddScaled(builder, in buffer);
            else
                AddShifted(builder, in buffer, offsets);
            builder.GetResult(ref destination);
        });
    }

    private void AddScaled(SparseBuilder<T> builder, in VBuffer<T> buffer)
    {
        ReadOnlySpan<T> values = buffer.GetValues();
        ReadOnlySpan<int> indices = buffer.GetIndices();
        for (int i = 0; i < values.Length; i++)
        {
            int slot = buffer.IsDense ? i : indices[i];
            builder.Add(slot, values[i] * scales[slot]);
        }
    }

    /// <summary>Implicit zeros are shifted too.</summary>
    private void AddShifted(SparseBuilder<T> builder, in VBuffer<T> buffer, T[] offsets)
    {
        ReadOnlySpan<T> values = buffer.GetValues();
        ReadOnlySpan<int> indices = buffer.GetIndices();
        int next = 0;
        for (int slot = 0; slot < buffer.Length; slot++)
        {
            bool isExplicit = buffer.IsDense || (next < indices.Length && indices[next] == slot);
            T value = isExplicit ? values[next++] : T.Zero;
            builder.Add(slot, (value - offsets[slot]) * scales[slot]);
        }
    }
}
