using Mlp.Data;
using Mlp.Numerics;
using Mlp.Scoring.Files;

namespace Mlp.Scoring.Networks;

/// <summary>(x − offset) · factor, and where there is a limit that many times z / √(limit² + z²); or a curve.</summary>
internal sealed class Scaling
{
    private const int MostCurves = 256;

    private readonly AlignedArray _offsets, _factors;
    private readonly float _limit;
    private readonly FeatureCurve<float>[] _curves;

    private Scaling(WeightsReader reader, int count, string what)
    {
        (_offsets, _factors) = (new AlignedArray(LaneWidth.RoundUp(count)), new AlignedArray(LaneWidth.RoundUp(count)));
        reader.ReadFloats(count, $"offsets of {what}").CopyTo(_offsets.Span);
        reader.ReadFloats(count, $"factors of {what}").CopyTo(_factors.Span);
        // 0 for none.
        _limit = reader.ReadFloats(1, $"limit of {what}")[0];
        _curves = new FeatureCurve<float>[reader.ReadInt32(0, Math.Min(count, MostCurves), $"number of curves of {what}")];
        for (int index = 0; index < _curves.Length; index++)
            _curves[index] = ReadCurve(reader, count, what);
    }

    /// <summary>Reads a scaling; null where there is none.</summary>
    public static Scaling? Read(WeightsReader reader, int count, string what) =>
        reader.ReadInt32(0, 1, $"flag of the {what}") == 1 ? new Scaling(reader, count, what) : null;

    private static FeatureCurve<float> ReadCurve(WeightsReader reader, int featureCount, string what)
    {
        int feature = reader.ReadInt32(0, featureCount - 1, $"feature of a curve of {what}");
        int points = reader.ReadInt32(2, FeatureCurve<float>.MostPoints, $"points of a curve of {what}");
        return new FeatureCurve<float>(
            feature, reader.ReadFloats(points, $"inputs of a curve of {what}"), reader.ReadFloats(points, $"outputs of a curve of {what}"));
    }

    /// <summary>Scales rows in place.</summary>
    /// <param name="values">[rows x stride].</param>
    /// <param name="stride">Whole vectors.</param>
    /// <param name="rowCount">Rows.</param>
    public void Apply<TLanes>(AlignedArray values, int stride, int rowCount)
        where TLanes : struct, ILanes<TLanes, float>
    {
        Span<float> bent = stackalloc float[_curves.Length];
        for (int row = 0; row < rowCount; row++)
        {
            Span<float> numbers = values.Span.Slice(row * stride, stride);
            for (int index = 0; index < bent.Length; index++)
                bent[index] = _curves[index].At(numbers[_curves[index].Feature]);
            for (nuint offset = 0; offset < (nuint)stride; offset += (nuint)TLanes.Count)
            {
                nuint place = (nuint)row * (nuint)stride + offset;
                TLanes offsets = TLanes.Load(ref _offsets.First, offset), factors = TLanes.Load(ref _factors.First, offset);
                TLanes.Store(Scale(TLanes.Load(ref values.First, place), offsets, factors), ref values.First, place);
            }
            for (int index = 0; index < bent.Length; index++)
                numbers[_curves[index].Feature] = bent[index];
        }
    }

    /// <summary>Scales one value.</summary>
    public float Apply(int index, float value)
    {
        Span<float> lanes = stackalloc float[Lanes128.Count];
        lanes[0] = value;
        Lanes128 scaled = Scale(
            Lanes128.Load(ref lanes[0], 0), Lanes128.Create(_offsets.Span[index]), Lanes128.Create(_factors.Span[index]));
        Lanes128.Store(scaled, ref lanes[0], 0);
        return lanes[0];
    }

    /// <summary>Halves first: the difference of two large numbers of opposite signs would be infinite. Powers of two round
    /// nothing.</summary>
    private TLanes Scale<TLanes>(TLanes x, TLanes offset, TLanes factor)
        where TLanes : struct, ILanes<TLanes, float>
    {
        TLanes half = TLanes.Create(0.5f), one = TLanes.Create(1);
        TLanes z = Tiny.Flush<TLanes, float>((half * x - half * offset) * (factor + factor));
        if (_limit == 0)
            return z;
        // Far beyond the limit, where its square overflows, a value is at the limit to the last bit.
        TLanes far = TLanes.Create(1e9f);
        TLanes ratio = TLanes.AtMost(far, TLanes.AtLeast(-far, z * TLanes.Create(1 / _limit)));
        return ratio * TLanes.Create(_limit) / TLanes.Sqrt(TLanes.MultiplyAdd(ratio, ratio, one));
    }
}
