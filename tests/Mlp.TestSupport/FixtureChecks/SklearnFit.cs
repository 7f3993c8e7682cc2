using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>A run of sklearn-mlp.json in the engine's terms: network, rows, loss, and the objective that includes the penalty.</summary>
internal sealed class SklearnFit<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SklearnRun _run;
    private readonly SklearnTable _table;
    private readonly int _rowCount;

    public SklearnFit(SklearnRun run, FixtureLayer[] weights)
    {
        _run = run;
        _table = run.Dataset switch
        {
            "iris" => Fixtures.Sklearn.Data.Iris,
            "breast_cancer" => Fixtures.Sklearn.Data.BreastCancer,
            _ => Fixtures.Sklearn.Data.Diabetes,
        };
        _rowCount = _table.Inputs.Shape[0];
        // The link of the last layer belongs to the loss.
        Network = FixtureNetworks.Create<T>([.. weights.Select((layer, index) => layer with
        {
            Activation = index == weights.Length - 1 ? "identity" : layer.Activation == "logistic" ? "sigmoid" : layer.Activation,
        })]);
        double[] targets = run.Task == "multiclass"
            ? [.. _table.Labels!.SelectMany(label => Enumerable.Range(0, Network.OutputCount).Select(index => index == label ? 1.0 : 0))]
            : _table.Targets ?? [.. _table.Labels!.Select(label => (double)label)];
        Rows = new DenseRows<T>(
            FixtureNetworks.Convert<T>(_table.Inputs.Data), FixtureNetworks.Convert<T>(targets), _table.Inputs.Shape[1],
            Network.OutputCount);
        Settings = new TrainingSettings
        {
            Loss = run.Task switch
            {
                "multiclass" => Loss.SoftmaxCrossEntropy,
                "binary" => Loss.BinaryCrossEntropy,
                _ => Loss.HalfSquaredError,
            },
            // scikit-learn divides its penalty by the number of rows.
            L2Regularization = run.Alpha / _rowCount,
            BatchSize = TrainingSettings.FullBatch,
            Shuffle = false,
            NumberOfThreads = 1,
        };
    }

    public Network<T> Network { get; }

    public DenseRows<T> Rows { get; }

    public TrainingSettings Settings { get; }

    /// <summary>½ λ Σ w².</summary>
    public double Penalty() =>
        Settings.L2Regularization / 2 * Network.Layers.Sum(layer => layer.Weights.ToArray().Sum(weight => Square(weight)));

    public double Objective() => Trainer.Gradient(Network, Rows, Settings.Loss, new T[Network.Parameters.Length]) + Penalty();

    /// <summary>Of the objective.</summary>
    public double[] Gradient()
    {
        var gradients = new T[Network.Parameters.Length];
        Trainer.Gradient(Network, Rows, Settings.Loss, gradients);
        double[] result = [.. gradients.Select(double.CreateChecked)];
        foreach (DenseLayer<T> layer in Network.Layers)
        {
            for (int index = 0; index < layer.Weights.Length; index++)
                result[layer.WeightTensor.Offset + index] += Settings.L2Regularization * double.CreateChecked(layer.Weights[index]);
        }
        return result;
    }

    /// <summary>Predictions and probabilities of the first rows, and the score of all.</summary>
    public void CompareScores(FixtureCheck check, double tolerance)
    {
        double[][] outputs = [.. FixtureNetworks.Predict(Network, _table.Inputs).Select(double.CreateChecked).Chunk(Network.OutputCount)];
        if (_run.Task == "regression")
        {
            double[] values = [.. outputs.Select(row => row[0])];
            check.Close<double>("first predictions", values[..20], _run.First20.Predictions, tolerance);
            double mean = _table.Targets!.Average();
            double squares = values.Zip(_table.Targets!).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
            double all = _table.Targets!.Sum(target => Math.Pow(target - mean, 2));
            check.Close<double>(
                "score", [1 - squares / all, Math.Sqrt(squares / _rowCount)],
                [_run.TrainScore.RSquared!.Value, _run.TrainScore.Rmse!.Value], tolerance);
            return;
        }
        double[][] probabilities = [.. outputs.Select(row => row.Length == 1 ? Sigmoid(row[0]) : Softmax(row))];
        int[] classes = [.. probabilities.Select(row => Array.IndexOf(row, row.Max()))];
        check.Close<double>(
            "first probabilities", [.. probabilities.Take(20).SelectMany(row => row)], _run.First20.Probabilities!.Data, tolerance);
        check.Equal("first predictions", classes.AsSpan(0, 20), [.. _run.First20.Predictions.Select(label => (int)label)]);
        int correct = classes.Zip(_table.Labels!).Count(pair => pair.First == pair.Second);
        check.Equal("correct rows", correct, _run.TrainScore.Correct!.Value);
        check.Close("accuracy", (double)correct / _rowCount, _run.TrainScore.Accuracy!.Value, 1e-15);
    }

    private static double Square(T value) => double.CreateChecked(value) * double.CreateChecked(value);

    private static double[] Sigmoid(double logit) => [1 / (1 + Math.Exp(logit)), 1 / (1 + Math.Exp(-logit))];

    private static double[] Softmax(double[] logits)
    {
        double[] exponentials = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. exponentials.Select(each => each / exponentials.Sum())];
    }
}
