using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Validation rows, early stopping, and the history that tells of them.</summary>
public class ValidationTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data, _other;

    public ValidationTests()
    {
        _data = Blobs.View(_ml);
        _other = Blobs.View(_ml, Blobs.Rows(90, seed: 5));
    }

    [Fact]
    public void WithoutValidation_ThereIsNoValidationInTheHistory() => Assert.All(
        _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(_data).Model.History,
        report => Assert.Equal((null, null), (report.ValidationLoss, report.ValidationMetric)));

    [Fact]
    public void ValidationRows_ChangeNothingButTheReports()
    {
        MlpModelParameters plain = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(_data).Model;
        MlpModelParameters validated = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(_data, _other).Model;
        Assert.Equal(Moons.Bits(plain), Moons.Bits(validated));
        Assert.All(validated.History, report => Assert.True(report.ValidationLoss > 0));
    }

    [Fact]
    public void LossAndMetric_AreThoseThatMLNetFinds_ForClasses()
    {
        MlpMulticlassTransformer model = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass(3)).Fit(_data, _other);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(_other), "ClassKey");
        Assert.Equal(metrics.LogLoss, model.Model.History[^1].ValidationLoss!.Value, 1e-5);
        Assert.Equal(metrics.MicroAccuracy, model.Model.History[^1].ValidationMetric!.Value, 1e-12);
    }

    [Fact]
    public void Metric_IsThatWhichMLNetFinds_ForTwoClasses()
    {
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(Blobs.Binary(3)).Fit(_data, _other);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model.Transform(_other), "Flag");
        Assert.Equal(metrics.LogLoss, model.Model.History[^1].ValidationLoss!.Value / Math.Log(2), 1e-5);
        Assert.Equal(metrics.Accuracy, model.Model.History[^1].ValidationMetric!.Value, 1e-12);
    }

    [Fact]
    public void Metric_IsInTheUnitOfTheLabel_ForNumbers()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression(numberOfEpochs: 10)).Fit(_data, _other);
        RegressionMetrics metrics = _ml.Regression.Evaluate(model.Transform(_other), "Price");
        Assert.Equal(metrics.RootMeanSquaredError, model.Model.History[^1].ValidationMetric!.Value, 1e-3);
    }

    [Fact]
    public void EarlyStopping_RestoresTheBestEpoch()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression(numberOfEpochs: 500);
        // Labels without sense: whatever is learnt makes the validation loss worse soon.
        Blobs.Row[] rows = Blobs.Rows();
        for (int i = 0; i < rows.Length; i++)
            rows[i].Price = i * 7919 % 150;
        options.EarlyStopping = new EarlyStopping { Patience = 7 };
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, rows), _other);
        IReadOnlyList<EpochResult> history = model.Model.History;
        EpochResult best = history.MinBy(report => report.ValidationLoss)!;
        Assert.Equal(best.Epoch + 7, history.Count);
        Assert.InRange(history.Count, 8, 499);
        double error = _ml.Regression.Evaluate(model.Transform(_other), "Price").RootMeanSquaredError;
        Assert.Equal(best.ValidationMetric!.Value, error, 1e-3);
        Assert.NotEqual(history[^1].ValidationMetric!.Value, error, 1e-3);
    }

    [Fact]
    public void EarlyStopping_WithoutValidationRows_HoldsSomeOut_OfEachClass()
    {
        var log = new List<string>();
        _ml.Log += (_, entry) => log.Add(entry.Message);
        MlpMulticlassTrainer.Options options = Blobs.Multiclass(20);
        options.EarlyStopping = new EarlyStopping();
        options.ValidationFraction = 0.2;
        MlpModelParameters model = _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data).Model;
        Assert.All(model.History, report => Assert.NotNull(report.ValidationLoss));
        Assert.Contains(log, message => message.Contains("on 150 rows"));
        // 30 rows, 10 of each class: the metric is a multiple of 1/30.
        Assert.All(model.History, report =>
            Assert.Equal(Math.Round(report.ValidationMetric!.Value * 30), report.ValidationMetric.Value * 30, 1e-9));
        Assert.Equal(Moons.Bits(model), Moons.Bits(_ml.MulticlassClassification.Trainers.Mlp(options).Fit(_data).Model));
    }

    [Fact]
    public void OneRow_IsNotHeldOut()
    {
        MlpRegressionTrainer.Options options = Blobs.Regression();
        options.EarlyStopping = new EarlyStopping();
        MlpModelParameters model = _ml.Regression.Trainers.Mlp(options).Fit(Blobs.View(_ml, Blobs.Rows(1))).Model;
        Assert.All(model.History, report => Assert.Null(report.ValidationLoss));
    }

    [Fact]
    public void History_IsKeptInTheFile()
    {
        MlpRegressionTransformer model = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(_data, _other);
        var loaded = Assert.IsType<MlpRegressionTransformer>(ColumnText.SaveAndLoad(_ml, model, _data.Schema));
        Assert.Equal(5, loaded.Model.History.Count);
        Assert.Equal(model.Model.History, loaded.Model.History);
        Assert.All(loaded.Model.History, report =>
            Assert.True(report.ValidationMetric > 1 && report.GradientNorm > 0 && report.LearningRate == 0.02));
    }

    [Fact]
    public void ProblemsOfTheValidationData_AreToldAsSuch()
    {
        Blobs.Row[] rows = Blobs.Rows(20);
        rows[3].Features[0] = float.NaN;
        Assert.StartsWith(
            "In the validation data: Feature column 'Features' is NaN or infinite in 1 of 20 rows, first in row 4 (slot 0 is NaN).",
            Assert.Throws<InvalidOperationException>(() => Fit(Blobs.View(_ml, rows))).Message);
        Assert.StartsWith(
            "The validation data has no rows.", Assert.Throws<InvalidOperationException>(() => Fit(Blobs.View(_ml, []))).Message);
        IDataView wider = _ml.Transforms.Concatenate("Features", "Features", "Weight").Fit(_other).Transform(_other);
        Assert.StartsWith(
            "Feature column 'Features' is Vector<Single, 3> in the validation data and Vector<Single, 2> in the training data. Transform "
                + "both with the same fitted transformers.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Fit(wider)).Message);
        IDataView fewer = _ml.Transforms.Conversion.MapValueToKey("ClassKey", "Class").Fit(_ml.Data.LoadFromEnumerable(Blobs.Rows(2)))
            .Transform(_other);
        Assert.StartsWith(
            "Label column 'ClassKey' is Key<UInt32, 0-1> in the validation data and Key<UInt32, 0-2> in the training data.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Fit(fewer)).Message);

        MlpMulticlassTransformer Fit(IDataView validation) =>
            _ml.MulticlassClassification.Trainers.Mlp(Refusing()).Fit(_data, validation);

        static MlpMulticlassTrainer.Options Refusing()
        {
            MlpMulticlassTrainer.Options options = Blobs.Multiclass();
            options.MissingValues = MissingValues.Refuse;
            return options;
        }
    }
}
