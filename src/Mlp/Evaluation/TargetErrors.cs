namespace Mlp.Evaluation;

/// <summary>How far predictions of one target are off, collected row by row.</summary>
/// <remarks>Sums are in row order, in double: the same rows give the same bits.</remarks>
internal sealed class TargetErrors
{
    private double _mean, _squaredDeviations, _squaredErrors, _absoluteErrors;

    /// <summary>Rows so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Σ |o − y| / n; 0 without rows.</summary>
    public double MeanAbsoluteError => RowCount == 0 ? 0 : _absoluteErrors / RowCount;

    /// <summary>Σ (o − y)² / n; 0 without rows.</summary>
    public double MeanSquaredError => RowCount == 0 ? 0 : _squaredErrors / RowCount;

    /// <summary>The root of <see cref="MeanSquaredError"/>, in the target's unit.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>1 − Σ (o − y)² / Σ (y − ȳ)²; NaN when all targets are equal, 0 without rows.</summary>
    public double RSquared => RowCount == 0 ? 0 : _squaredDeviations == 0 ? double.NaN : 1 - _squaredErrors / _squaredDeviations;

    /// <summary>Adds a row.</summary>
    /// <param name="target">y, finite.</param>
    /// <param name="prediction">o, finite.</param>
    public void Add(double target, double prediction)
    {
        RowCount++;
        // Welford 1962: exact where Σ y² − (Σ y)² / n would cancel.
        double difference = target - _mean;
        _mean += difference / RowCount;
        _squaredDeviations += difference * (target - _mean);
        double error = prediction - target;
        _squaredErrors += error * error;
        _absoluteErrors += Math.Abs(error);
    }
}
