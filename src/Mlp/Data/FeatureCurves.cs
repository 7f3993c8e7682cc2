using System.Numerics;

namespace Mlp.Data;

/// <summary>Finds the features that are too skewed for a centre and a scale, and gives them curves by their quantiles.</summary>
/// <remarks>
/// The quantile of p becomes s(p) = 0.893 u / √(1 − 0.81 u²) with u = 2p − 1: nearly the normal distribution's, with distance 1 of its
/// quartiles as <see cref="FeatureScaling{T}.Robust"/> has it, and without a function that differs from one library to the next. A feature
/// is too skewed where the scaled and clipped quantiles follow s so little that 1 − r² is above <see cref="LeastBend"/>. Chosen by inner
/// validation; docs/quality.md tells how.
/// </remarks>
internal static class FeatureCurves
{
    /// <summary>In smaller tables quantiles are too rough, and skewed features are left as they are.</summary>
    public const int LeastRowCount = 1_000;

    /// <summary>Part of the variance of s that the clipped feature does not explain.</summary>
    public const double LeastBend = 0.1;

    /// <summary>With more features than this none gets a curve: pictures and the like.</summary>
    public const int MostFeatures = 256;

    // Quantiles that a curve runs through; fewer different values than the second number are no distribution.
    private const int PartCount = 64, LeastPoints = 8;

    /// <summary>The curve of a feature; null where the scaling does as well.</summary>
    /// <param name="feature">Which one.</param>
    /// <param name="values">Those of some rows.</param>
    /// <param name="median">The centre of the scaling.</param>
    /// <param name="scale">Its unit; 0 for a constant.</param>
    /// <param name="limit">Of the clip.</param>
    public static FeatureCurve<T>? Of<T>(int feature, RankedValues<T> values, double median, double scale, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (scale == 0)
            return null;
        var (inputs, outputs) = (new List<T>(), new List<T>());
        for (int first = 0; first <= PartCount;)
        {
            var input = T.CreateTruncating(values.Quantile((double)first / PartCount));
            int end = first + 1;
            while (end <= PartCount && T.CreateTruncating(values.Quantile((double)end / PartCount)) == input)
                end++;
            // A value that several quantiles have is in the middle of them.
            inputs.Add(input);
            outputs.Add(T.CreateTruncating(ScoreOf((first + end - 1) / (2.0 * PartCount))));
            first = end;
        }
        if (inputs.Count < LeastPoints)
            return null;
        var curve = new FeatureCurve<T>(feature, [.. inputs], [.. outputs]);
        return BendOf(curve, values, median, scale, limit) > LeastBend ? curve : null;
    }

    /// <summary>s(p), with p kept half a part away from 0 and 1.</summary>
    private static double ScoreOf(double part)
    {
        const double least = 0.25 / PartCount;
        double u = 2 * Math.Clamp(part, least, 1 - least) - 1;
        return 0.893 * u / Math.Sqrt(1 - 0.81 * u * u);
    }

    /// <summary>1 − r² between the curve and the clipped scaling over the percentiles.</summary>
    private static double BendOf<T>(FeatureCurve<T> curve, RankedValues<T> values, double median, double scale, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int count = 99;
        double[] scaled = new double[count], bent = new double[count];
        for (int index = 0; index < count; index++)
        {
            double value = values.Quantile((index + 1) / 100.0);
            // Halved: the difference may be infinite.
            double ratio = Math.Clamp((value / 2 - median / 2) / (scale * limit / 2), -1e9, 1e9);
            scaled[index] = ratio / Math.Sqrt(1 + ratio * ratio);
            bent[index] = double.CreateTruncating(curve.At(T.CreateTruncating(value)));
        }
        (double meanScaled, double meanBent) = (scaled.Average(), bent.Average());
        (double product, double squares, double bentSquares) = (0, 0, 0);
        for (int index = 0; index < count; index++)
        {
            (double x, double y) = (scaled[index] - meanScaled, bent[index] - meanBent);
            product += x * y;
            squares += x * x;
            bentSquares += y * y;
        }
        return squares == 0 || bentSquares == 0 ? 0 : 1 - product * product / (squares * bentSquares);
    }
}
