using Mlp.Data;

namespace Mlp.Reports.Tests.Browser;

/// <summary>Reports without ML.NET, of tables that a formula makes.</summary>
internal static class EngineReports
{
    public static ModelReport SeveralLabels() => Create(
        600, inputCount: 4, targetCount: 3,
        (x, y) => (y[0], y[1], y[2]) = (x[0] + x[1] > 0 ? 1 : 0, x[2] > 0.3 ? 1 : 0, x[3] * x[0] > 0 ? 1 : 0), Loss.BinaryCrossEntropy,
        new ReportSettings { Title = "Three labels", LabelName = "labels", OutputNames = ["even", "has a loop", "above four"] });

    public static ModelReport SeveralTargets() => Create(
        500, inputCount: 3, targetCount: 2, (x, y) => (y[0], y[1]) = (100 * x[0] * x[1] + 20 * x[2], x[2] - x[0]), Loss.SquaredError,
        new ReportSettings
        {
            Title = "Two numbers",
            LabelName = "numbers",
            OutputNames = ["price", "weight in kilogrammes"],
            FeatureNames = ["length", "width", "height"],
        });

    public static ModelReport Moons()
    {
        var train = new ReportRows(inputCount: 2, targetCount: 1);
        var test = new ReportRows(inputCount: 2, targetCount: 1);
        var (features, targets) = (new RowBlocks<float>(2), new RowBlocks<float>(1));
        var random = new Numbers(3);
        for (int row = 0; row < 500; row++)
        {
            double angle = Math.PI * random.Next(), side = row % 2;
            float[] x =
            [
                (float)((side == 0 ? Math.Cos(angle) : 1 - Math.Cos(angle)) + 0.15 * random.Normal()),
                (float)((side == 0 ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + 0.15 * random.Normal()),
            ];
            (row % 3 == 0 ? test : train).Add<float>(x, [(float)side]);
            if (row % 3 != 0)
            {
                x.CopyTo(features.Add());
                targets.Add()[0] = (float)side;
            }
        }
        var network = Network<float>.Create(
            2, [Layer.Dense(16, Activation.Tanh), Layer.Dense(16, Activation.Tanh), Layer.Dense(1)], seed: 1);
        var settings = new TrainingSettings
        {
            Loss = Loss.BinaryCrossEntropy,
            Optimizer = new Adam { LearningRate = 0.01 },
            NumberOfEpochs = 200,
        };
        TrainingResult result = Trainer.Fit(network, new RowTable<float>(features, targets), settings);
        return ModelReport.Create(
            new Model<float>(network, link: OutputLink.Sigmoid, history: result.History), train, test,
            new ReportSettings { Title = "Two moons", LabelName = "moon", FeatureNames = ["x", "y"], OutputNames = ["upper", "lower"] });
    }

    public static ModelReport Fit() => Create(
        200, inputCount: 1, targetCount: 1, (x, y) => y[0] = Math.Sin(3 * x[0]), Loss.SquaredError,
        new ReportSettings { Title = "A curve", LabelName = "height", FeatureNames = ["time in seconds"] });

    /// <summary>Long names, names of other scripts, names that are markup, a constant column, two equal ones, one that tells the
    /// class.</summary>
    public static ModelReport StrangeNames() => Create(
        300, inputCount: 8, targetCount: 3, (x, y) =>
        {
            (x[3], x[4], x[5]) = (7, x[0], x[1] > 0.4 ? 0 : x[1] < -0.4 ? 1 : 2);
            y[(int)x[5]] = 1;
        },
        Loss.SoftmaxCrossEntropy,
        new ReportSettings
        {
            Title = "<script>alert(1)</script> & “quotes” — a title that goes on and on, over more than one line of a telephone",
            LabelName = "label\"><img src=x onerror=alert(2)>",
            FeatureNames =
            [
                "</title></svg><script>alert(3)</script>",
                "einSehrLangerSpaltennameOhneJedesLeerzeichenDerKeinEndeNimmt_und_noch_etwas_mehr", "温度（摂氏）測定値の平均と標準偏差",
                "constant", "again & again", "leak", "'; DROP TABLE", "\u202Ereversed\u0000",
            ],
            OutputNames = ["<b>bold</b>", "a class whose name is longer than any sensible name of a class", "ערך"],
        });

    public static ModelReport TrainingAlone()
    {
        (Network<float> network, IRowSource<float> rows) = XorRows(hidden: 40);
        TrainingResult result = Trainer.Fit(network, rows, new TrainingSettings { Loss = Loss.BinaryCrossEntropy, NumberOfEpochs = 1 });
        return ModelReport.Create(new Model<float>(network, link: OutputLink.Sigmoid, history: result.History), train: null, test: null);
    }

    public static ModelReport SmallNetwork()
    {
        (Network<float> network, IRowSource<float> rows) = XorRows(hidden: 3);
        TrainingResult result = Trainer.Fit(
            network, rows,
            new TrainingSettings { Loss = Loss.BinaryCrossEntropy, Optimizer = new Adam { LearningRate = 0.05 }, NumberOfEpochs = 2000 });
        return ModelReport.Create(
            new Model<float>(network, link: OutputLink.Sigmoid, history: result.History), train: null, test: null,
            new ReportSettings { Title = "Exclusive or" });
    }

    private static (Network<float> Network, IRowSource<float> Rows) XorRows(int hidden) =>
        (Network<float>.Create(2, [Layer.Dense(hidden, Activation.Tanh), Layer.Dense(1)], seed: 2),
            new DenseRows<float>((float[])[0, 0, 0, 1, 1, 0, 1, 1], (float[])[0, 1, 1, 0], inputCount: 2));

    /// <summary>Draws rows, trains on two thirds of them and reports.</summary>
    private static ModelReport Create(
        int rowCount, int inputCount, int targetCount, Action<double[], double[]> formula, Loss loss, ReportSettings settings)
    {
        ReportRows train = new(inputCount, targetCount), test = new(inputCount, targetCount);
        var (features, targets) = (new RowBlocks<double>(inputCount), new RowBlocks<double>(targetCount));
        var random = new Numbers(1);
        for (int row = 0; row < rowCount; row++)
        {
            double[] x = [.. Enumerable.Range(0, inputCount).Select(_ => 2 * random.Next() - 1)], y = new double[targetCount];
            formula(x, y);
            if (loss.Link == OutputLink.Identity)
            {
                for (int target = 0; target < targetCount; target++)
                    y[target] += 0.1 * random.Normal();
            }
            (row % 3 == 0 ? test : train).Add<double>(x, y);
            if (row % 3 != 0)
            {
                x.CopyTo(features.Add());
                y.CopyTo(targets.Add());
            }
        }
        var network = Network<double>.Create(inputCount, [Layer.Dense(24, Activation.Silu), Layer.Dense(targetCount)], seed: 1);
        var trainingSettings = new TrainingSettings { Loss = loss, Optimizer = new Adam { LearningRate = 0.01 }, NumberOfEpochs = 100 };
        TrainingResult result = Trainer.Fit(network, new RowTable<double>(features, targets), trainingSettings);
        return ModelReport.Create(new Model<double>(network, link: loss.Link, history: result.History), train, test, settings);
    }
}
