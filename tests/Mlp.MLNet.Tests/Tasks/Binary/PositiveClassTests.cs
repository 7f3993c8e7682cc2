using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Mlp.MLNet.Tests.Onnx;

namespace Mlp.MLNet.Tests;

/// <summary>Which of two text classes is the positive one is the user's to say, not the first row's.</summary>
public class PositiveClassTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;
    // The key values are lower, upper: the first row is a lower one.
    private readonly IDataView _lowerFirst, _upperFirst;

    public PositiveClassTests()
    {
        _data = Moons.View(_ml);
        _lowerFirst = Keyed(_data);
        _upperFirst = Keyed(_ml.Data.LoadFromEnumerable(Moons.Rows().Reverse()));
    }

    [Fact]
    public void TheNamedClass_IsThePositiveOne_WhateverTheOrderOfTheKey()
    {
        foreach (IDataView keys in (IDataView[])[_lowerFirst, _upperFirst])
        {
            foreach (string positive in (string[])["lower", "upper"])
            {
                MlpBinaryTransformer model = Fit(keys, positive);
                IDataView scored = _ml.Transforms.Conversion.MapKeyToValue("Text", "PredictedLabel").Fit(model.Transform(keys))
                    .Transform(model.Transform(keys));
                var rows = scored.GetColumn<string>("TextLabel")
                    .Zip(scored.GetColumn<float>("Probability"), scored.GetColumn<string>("Text")).ToList();
                Assert.InRange(rows.Count(row => row.First == positive == row.Second > 0.5f) / (double)rows.Count, 0.85, 1);
                // The prediction keeps the texts.
                Assert.All(rows, row => Assert.Equal(row.Second > 0.5f, row.Third == positive));
            }
        }
    }

    [Fact]
    public void WithoutAName_TheSecondValueIsPositive_AndThePredictionBoolean()
    {
        MlpBinaryTransformer model = Fit(_lowerFirst, positive: null), named = Fit(_lowerFirst, "upper");
        Assert.Equal(BooleanDataViewType.Instance, model.GetOutputSchema(_lowerFirst.Schema)["PredictedLabel"].Type);
        Assert.Equal(Moons.Scores(model, _lowerFirst), Moons.Scores(named, _lowerFirst));
        Assert.Equal(Moons.Bits(_ml.BinaryClassification.Trainers.Mlp(With("upper")).Fit(_lowerFirst).Model), Moons.Bits(named.Model));
    }

    [Fact]
    public void Evaluate_GoesByTheName_AndTheShapeHasTheKey()
    {
        MlpBinaryTrainer trainer = _ml.BinaryClassification.Trainers.Mlp(With("lower"));
        MlpBinaryTransformer model = trainer.Fit(_lowerFirst);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model, _lowerFirst, "Key");
        // Observed: 0.88 and 0.95.
        Assert.InRange(metrics.Accuracy, 0.8, 1);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.9, 1);
        Assert.Equal(metrics.Accuracy, _ml.BinaryClassification.Evaluate(model, _upperFirst, "Key").Accuracy);
        // ML.NET's own takes the second value for the positive class; it does not mind the key that is predicted.
        Assert.Equal(1 - metrics.Accuracy, _ml.BinaryClassification.Evaluate(model.Transform(_lowerFirst), "Key").Accuracy, 1e-12);
        Assert.Equal(metrics.Accuracy, _ml.BinaryClassification.Evaluate(model.Transform(_upperFirst), "Key").Accuracy, 1e-12);
        SchemaShape.Column shape = trainer.GetOutputSchema(Shapes.Of(_lowerFirst)).Single(column => column.Name == "PredictedLabel");
        Assert.True(shape.IsKey);
        Assert.Contains(shape.Annotations, annotation => annotation.Name == "KeyValues");
    }

    [Fact]
    public void TheClass_IsKeptInTheFile_AndInOnnx()
    {
        foreach (string positive in (string[])["lower", "upper"])
        {
            MlpBinaryTransformer model = Fit(_lowerFirst, positive).WithThreshold(0.3f);
            var loaded = Assert.IsType<MlpBinaryTransformer>(ColumnText.SaveAndLoad(_ml, model, _lowerFirst.Schema));
            uint[] keys = [.. model.Transform(_lowerFirst).GetColumn<uint>("PredictedLabel")];
            Assert.Equal(keys, loaded.Transform(_lowerFirst).GetColumn<uint>("PredictedLabel"));
            VBuffer<ReadOnlyMemory<char>> values = default;
            loaded.GetOutputSchema(_lowerFirst.Schema)["PredictedLabel"].GetKeyValues(ref values);
            Assert.Equal(["lower", "upper"], values.DenseValues().Select(value => $"{value}"));

            using var stream = new MemoryStream();
            loaded.Model.SaveAsOnnx(stream);
            float[] features = [.. _data.GetColumn<float[]>("Features").SelectMany(row => row)];
            using var session = new OnnxRuntimeSession(stream.ToArray());
            Assert.Equal(keys.Select(key => key == 1 ? "lower" : "upper"), session.Predict<string>(features, "PredictedLabel"));
            Assert.Equal(
                keys.Select(key => key == 1 == (positive == "lower") ? 1L : 0L), session.Predict<long>(features, "PredictedLabelIndex"));
        }
    }

    [Fact]
    public void NaN_GivesTheMissingKey_AndTheWarningSaysSo()
    {
        MlpBinaryTrainer.Options options = With("upper");
        options.MissingValues = MissingValues.Refuse;
        MlpBinaryTransformer model = _ml.BinaryClassification.Trainers.Mlp(options).Fit(_lowerFirst);
        var warnings = new List<string>();
        _ml.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Features = [float.NaN, 1] }]);
        Assert.Equal([0u], model.Transform(data).GetColumn<uint>("PredictedLabel"));
        Assert.Contains("Score and Probability are NaN and PredictedLabel is the missing key", Assert.Single(warnings));
    }

    [Fact]
    public void OtherOrders_MeanTheSame_WhenTheClassIsNamed()
    {
        // Validation rows and a warm start whose keys have another order are told by the names.
        MlpModelParameters start = Fit(_lowerFirst, "upper").Model;
        MlpBinaryTransformer next = _ml.BinaryClassification.Trainers.Mlp(With("upper")).Fit(_upperFirst, _lowerFirst, start);
        Assert.InRange(next.Model.History[^1].ValidationMetric!.Value, 0.85, 1);
        Assert.StartsWith(
            "The key values of label column 'Key' differ, first in value 1: 'upper' in the training data, 'lower' in the training of the "
                + "model to start from.",
            Assert.Throws<ArgumentException>(
                "start", () => _ml.BinaryClassification.Trainers.Mlp(With("lower")).Fit(_lowerFirst, null, start)).Message);
        // A report knows the classes by name, too.
        MlpBinaryTransformer lower = Fit(_lowerFirst, "lower");
        double[] accuracies = [.. ((IDataView[])[_lowerFirst, _upperFirst]).Select(
            data => _ml.Model.ReportMlp(lower, null, data, "Key").Metrics.Single(metric => metric.Name == "Accuracy").Value)];
        Assert.Equal(accuracies[0], accuracies[1], 1e-12);
        Assert.InRange(accuracies[0], 0.8, 1);
    }

    [Theory]
    [InlineData("Key", "maybe", "PositiveClass is 'maybe', which is no value of label column 'Key': the values of its key are 'lower' "
        + "and 'upper'. Set PositiveClass to one of them, or to null for the second.")]
    [InlineData("Label", "true", "Label column 'Label' is Boolean, and PositiveClass names a value of a key; the positive class of such "
        + "a label is true. Leave PositiveClass out")]
    [InlineData("NumberLabel", "1", "Label column 'NumberLabel' is Single, and PositiveClass names a value of a key; the positive class "
        + "of such a label is 1. Leave PositiveClass out")]
    public void AClassThatIsNotThere_IsRefused(string label, string positive, string message)
    {
        MlpBinaryTrainer.Options options = With(positive);
        options.LabelColumnName = label;
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.BinaryClassification.Trainers.Mlp(options).Fit(_lowerFirst)).Message);
    }

    private static MlpBinaryTrainer.Options With(string? positive)
    {
        MlpBinaryTrainer.Options options = Moons.Options(numberOfEpochs: 30);
        (options.LabelColumnName, options.PositiveClass, options.Optimizer) = ("Key", positive, new Adam { LearningRate = 0.02 });
        return options;
    }

    private MlpBinaryTransformer Fit(IDataView keys, string? positive) => _ml.BinaryClassification.Trainers.Mlp(With(positive)).Fit(keys);

    private IDataView Keyed(IDataView data) => _ml.Transforms.Conversion.MapValueToKey("Key", "TextLabel").Fit(data).Transform(data);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
