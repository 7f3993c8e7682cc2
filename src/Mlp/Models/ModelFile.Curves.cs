using System.Numerics;
using Mlp.Data;
using Mlp.State;

namespace Mlp;

/// <content>The curves of skewed features.</content>
public static partial class ModelFile
{
    private static void WriteCurves<T>(LittleEndianWriter writer, FeatureCurve<T>[] curves)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        writer.WriteInt32(curves.Length);
        foreach (FeatureCurve<T> curve in curves)
        {
            writer.WriteInt32(curve.Feature);
            writer.WriteInt32(curve.Inputs.Length);
            writer.WriteValues<T>(curve.Inputs);
            writer.WriteValues<T>(curve.Outputs);
        }
    }

    private static FeatureCurve<T>[] ReadCurves<T>(LittleEndianReader reader, int inputCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        reader.StartSection("curves", sizeof(int));
        int count = reader.ReadCount("curves", minimum: 0, maximum: Math.Min(inputCount, FeatureCurves.MostFeatures));
        var curves = new List<FeatureCurve<T>>();
        while (curves.Count < count)
        {
            reader.StartSection("curves", 2 * sizeof(int));
            int least = curves.Count == 0 ? 0 : curves[^1].Feature + 1;
            int feature = reader.ReadCount("as the feature of a curve", minimum: least, maximum: inputCount - 1);
            int points = reader.ReadCount("points of a curve", minimum: 2, maximum: FeatureCurve<T>.MostPoints);
            T[] inputs = reader.ReadValues<T>(points, $"inputs of the curve of input {feature:N0}");
            T[] outputs = reader.ReadValues<T>(points, $"outputs of the curve of input {feature:N0}");
            for (int point = 1; point < points; point++)
            {
                if (inputs[point] <= inputs[point - 1])
                {
                    throw reader.Error(
                        $"Model file has {inputs[point]} after {inputs[point - 1]} as inputs of the curve of input {feature:N0}; they "
                            + "ascend. It is damaged; save or transfer it again.");
                }
            }
            curves.Add(new FeatureCurve<T>(feature, inputs, outputs));
        }
        return [.. curves];
    }
}
