using Mlp.State;

namespace Mlp;

/// <content>The results of the epochs.</content>
public static partial class ModelFile
{
    private const int EpochSize = 60, FirstEpochSize = 56;

    internal static void WriteHistory(LittleEndianWriter writer, IReadOnlyList<EpochResult> history)
    {
        writer.WriteInt32(history.Count);
        foreach (EpochResult result in history)
        {
            writer.WriteInt32(result.Epoch);
            writer.WriteInt32(result.NumberOfEpochs);
            foreach (double? value in (ReadOnlySpan<double?>)
                [result.Loss, result.ValidationLoss, result.ValidationMetric, result.LearningRate, result.GradientNorm, result.Seconds])
            {
                writer.WriteDouble(value ?? double.NaN);
            }
            writer.WriteInt32(result.NetworkIndex);
        }
    }

    internal static List<EpochResult> ReadHistory(LittleEndianReader reader, int version = FormatVersion)
    {
        int epochSize = version < 2 ? FirstEpochSize : EpochSize;
        reader.StartSection("training history", 4);
        int epochCount = reader.ReadCount("epochs", minimum: 0, maximum: (int)Math.Min(int.MaxValue, reader.Remaining / epochSize));
        reader.StartSection("training history", (long)epochCount * epochSize);
        var history = new List<EpochResult>();
        for (int index = 0; index < epochCount; index++)
        {
            (int epoch, int numberOfEpochs) = (reader.ReadInt32(), reader.ReadInt32());
            double loss = reader.ReadDouble();
            (double? validationLoss, double? metric) = (NullIfNaN(reader.ReadDouble()), NullIfNaN(reader.ReadDouble()));
            (double learningRate, double gradientNorm, double seconds) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            history.Add(new EpochResult(epoch, numberOfEpochs, loss, validationLoss, learningRate, gradientNorm, seconds)
            {
                ValidationMetric = metric,
                NetworkIndex = version < 2 ? 0 : reader.ReadCount("as the index of a network", minimum: 0, maximum: int.MaxValue),
            });
        }
        return history;

        static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
    }
}
