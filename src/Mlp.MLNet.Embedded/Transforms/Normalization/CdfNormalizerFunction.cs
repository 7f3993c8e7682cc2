using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The share of a normal distribution below the value, slot by slot. Constant slots, and what is not finite, become 0.</summary>
internal sealed class CdfNormalizerFunction<T>(T[] means, T[] standardDeviations, bool isVector) : INormalizerFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public NormalizingTransformer.NormalizerModelParametersBase Parameters
        => isVector
            ? new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>([.. means], [.. standardDeviations], false)
            : new NormalizingTransformer.CdfNormalizerModelParameters<T>(means[0], standardDeviations[0], false);

    public static CdfNormalizerFunction<T> Load(ModelLoadContext ctx, int size, bool isVector)
        => new(NormalizerFunctions.ReadNumbers<T>(ctx, size), NormalizerFunctions.ReadNumbers<T>(ctx, size), isVector);

    public void Save(BinaryWriter writer)
    {
        NormalizerFunctions.WriteNumbers(writer, means);
        NormalizerFunctions.WriteNumbers(writer, standardDeviations);
    }

    public Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
    {
        if (!isVector)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(source);
            return (ValueGetter<T>)((ref T destination) =>
            {
                getScalar(ref destination);
                destination = Normalize(0, destination);
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(source);
        var buffer = default(VBuffer<T>);
        var builder = new SparseBuilder<T>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            getVector(ref buffer);
            Contracts.Check(buffer.Length == means.Length);
            builder.Reset(buffer.Length);
            ReadOnlySpan<T> values = buffer.GetValues();
            ReadOnlySpan<int> indices = buffer.GetIndices();

            // Implicit zeros stay zero although the distribution function is not zero there, as in ML.NET.
            for (int i = 0; i < values.Length; i++)
            {
                int slot = buffer.IsDense ? i : indices[i];
                builder.Add(slot, Normalize(slot, values[i]));
            }

            builder.GetResult(ref destination);
        });
    }

    /// <summary>(1 + erf(x/√2))/2, erf by the elementary approximation of Winitzki (2008) with a = 0.147.</summary>
    private T Normalize(int slot, T value)
    {
        T sigma = standardDeviations[slot];
        if (sigma <= T.Epsilon || !T.IsFinite(value))
            return T.Zero;
        T x = (value - means[slot]) / sigma;
        T half = x * x / (T.One + T.One);
        T scaled = T.CreateTruncating(0.147) * half;
        double exponent = double.CreateTruncating(-half) * ((4 / Math.PI) + double.CreateTruncating(scaled))
            / double.CreateTruncating(T.One + scaled);
        return T.CreateTruncating(0.5 + (0.5 * T.Sign(x) * Math.Sqrt(1 - Math.Exp(exponent))));
    }
}
