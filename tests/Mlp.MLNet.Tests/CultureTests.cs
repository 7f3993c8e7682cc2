using System.Globalization;
using Microsoft.ML;
using Mlp.TestSupport;

namespace Mlp.MLNet.Tests;

/// <summary>Texts are in the invariant culture, whatever that of the machine.</summary>
public class CultureTests
{
    private readonly MLContext _ml = new(seed: 1);

    // Not "de-DE" itself: the tests run without the data of cultures.
    private static CultureInfo Comma()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) =
            (",", ".", "~");
        return comma;
    }

    [Fact]
    public void Messages_AreTheSameInEveryCulture() => Assert.Equal(Messages(CultureInfo.InvariantCulture), Messages(Comma()));

    [Fact]
    public void TheLog_IsTheSameInEveryCulture() => Assert.Equal(Log(CultureInfo.InvariantCulture), Log(Comma()));

    [Theory]
    [InlineData(typeof(Optimizer))]
    [InlineData(typeof(MlpOptions))]
    public void NothingIsMadeWithTheCultureOfTheMachine(Type inAssembly)
    {
        Assert.Empty(CultureCheck.Find(inAssembly.Assembly));
        // The check finds what there is: the tests themselves are made with the handler of .NET.
        Assert.Contains("DefaultInterpolatedStringHandler: Void .ctor(Int32, Int32)", CultureCheck.Find(typeof(CultureTests).Assembly));
    }

    /// <summary>What is thrown and what options say.</summary>
    private List<string> Messages(CultureInfo culture) => In(culture, () =>
    {
        var messages = new List<string>
        {
            $"{new MlpBinaryTrainer.Options { ClassWeights = ClassWeights.Of(0.5, 2.25) }}",
            $"{new MlpBinaryTrainer.Options { WeightInitializer = Initializer.Uniform(-0.5, 0.25) }}",
            $"{new MlpRegressionTrainer.Options { Loss = Loss.Huber(1.5), Checkpoint = new Checkpoint("c") { EverySeconds = 0.5 } }}",
        };
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(learningRate: -0.003));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options { Optimizer = new AdamW { LearningRate = 0.2, WeightDecay = 7.5 } }));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options { Schedule = new StepDecay { Factor = -0.5 } }));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options { DropoutRates = [1.5] }));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(
            new MlpBinaryTrainer.Options { EarlyStopping = new EarlyStopping { MinimumImprovement = -0.5 } }));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options { ValidationFraction = 1.25 }));
        Throw(() => _ml.BinaryClassification.Trainers.Mlp(numberOfEpochs: -5));
        Throw(() => Loss.Quantile(-0.5));
        Throw(() => Initializer.Normal(-0.5));
        Throw(() => ClassWeights.Of(-0.5, 1));
        Blobs.Row[] rows = Blobs.Rows(1200);
        rows[1100].Weight = -0.5f;
        MlpRegressionTrainer.Options weighted = Blobs.Regression();
        weighted.ExampleWeightColumnName = "Weight";
        Throw(() => _ml.Regression.Trainers.Mlp(weighted).Fit(Blobs.View(_ml, rows)));
        return messages;

        void Throw(Action action) => messages.Add(Assert.ThrowsAny<Exception>(action).Message);
    });

    private static List<string> Log(CultureInfo culture) => In(culture, () =>
    {
        var ml = new MLContext(seed: 1);
        var log = new List<string>();
        ml.Log += (_, entry) =>
        {
            // Seconds differ from run to run.
            if (entry.Source.Contains("Mlp") && !entry.RawMessage.StartsWith("Channel", StringComparison.Ordinal))
                log.Add(entry.RawMessage.Split(" s.")[0].Split(", metric")[0]);
        };
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.EarlyStopping = new EarlyStopping();
        ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(ml));
        Assert.Contains(log, entry => entry.Contains("loss 0."));
        return log;
    });

    private static T In<T>(CultureInfo culture, Func<T> make)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return make();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
