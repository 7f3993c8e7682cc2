using System.Numerics;

namespace Mlp.Reports.Content;

/// <summary>Takes the rows of a report apart: the features of a row, and the keys behind them.</summary>
internal static class ReportKeys
{
    /// <param name="rows">Row-major, rows x (features + keys).</param>
    /// <param name="featureCount">Of a row.</param>
    /// <param name="keyCount">Of a row.</param>
    public static (T[] Features, int[] Keys) Split<T>(ReadOnlySpan<double> rows, int featureCount, int keyCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = featureCount + keyCount, rowCount = rows.Length / length;
        var features = new T[rowCount * featureCount];
        var keys = new int[rowCount * keyCount];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<double> values = rows.Slice(row * length, length);
            for (int feature = 0; feature < featureCount; feature++)
                features[row * featureCount + feature] = T.CreateTruncating(values[feature]);
            for (int key = 0; key < keyCount; key++)
                keys[row * keyCount + key] = (int)values[featureCount + key];
        }
        return (features, keys);
    }
}
