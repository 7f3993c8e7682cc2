using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.BadData;

/// <summary>Views of the same types whose annotations say that they do not mean the same.</summary>
public class ContradictingViewsTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    public ContradictingViewsTests() => _ml.Log += (_, entry) =>
    {
        if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            _warnings.Add(entry.RawMessage);
    };

    public static TheoryData<string> Tasks => [.. EveryTask.Names];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void OtherSlotNames_AreRefused_InValidation_AndAtAWarmStart(string task)
    {
        IDataView data = View(task), swapped = View(task, features: ["b", "a"]);
        Assert.StartsWith(
            "The slot names of feature column 'Features' differ, first in slot 0: 'b' in the validation data, 'a' in the training data. "
                + "Transform both with the same fitted transformers.",
            Assert.Throws<ArgumentOutOfRangeException>(() => EveryTask.Fit(Options(task), data, swapped)).Message);
        (ITransformer model, MlpModelParameters start) = EveryTask.Fit(Options(task), data);
        AssertNoStart(
            "The slot names of feature column 'Features' differ, first in slot 0: 'b' in the training data, 'a' in the training of the "
                + "model to start from.", task, swapped, start);
        // The file knows the names, too.
        var loaded = (MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema);
        AssertNoStart("The slot names of feature column 'Features' differ, first in slot 0", task, swapped, loaded.Model);
        // The same views, and views without names, go on as ever.
        Fit(task, data, start);
        Fit(task, View(task, features: null), start);
        Fit(task, View(task, features: ["", "b"]), loaded.Model);
        EveryTask.Fit(Options(task), data, View(task, features: null));
    }

    [Theory]
    [InlineData("binary", "key values of label column 'Label' differ, first in value 1: 'no' in the validation data, 'yes' in the "
        + "training data.")]
    [InlineData("multiclass", "key values of label column 'Label' differ, first in value 2: 'z' in the validation data, 'y' in the "
        + "training data.")]
    [InlineData("several targets", "slot names of label column 'Label' differ, first in slot 0: 'length' in the validation data, 'width' "
        + "in the training data.")]
    [InlineData("multi-label", "slot names of label column 'Label' differ, first in slot 1: 'dear' in the validation data, 'new' in the "
        + "training data.")]
    public void OtherNamesOfTheLabel_AreRefused_InValidation_AndAtAWarmStart(string task, string difference)
    {
        string[] names = task switch
        {
            "binary" => ["no", "yes"],
            "multiclass" => ["x", "z", "y"],
            "several targets" => ["length", "width"],
            _ => ["cheap", "dear"],
        };
        IDataView data = View(task), other = ViewOfLabel(task, names);
        Assert.StartsWith(
            $"The {difference} Transform both",
            Assert.Throws<ArgumentOutOfRangeException>(() => EveryTask.Fit(Options(task), data, other)).Message);
        (ITransformer model, MlpModelParameters start) = EveryTask.Fit(Options(task), data);
        string differenceAtStart = difference.Replace("in the training data.", "in the training of the model to start from.");
        string atStart = $"The {differenceAtStart.Replace("the validation data", "the training data")}";
        AssertNoStart(atStart, task, other, start);
        AssertNoStart(atStart, task, other, ((MlpTransformerBase)ColumnText.SaveAndLoad(_ml, model, data.Schema)).Model);
        Fit(task, data, start);
        Fit(task, ViewOfLabel(task, null), start);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ScoringOfOtherSlotNames_WarnsOnce(string task)
    {
        MlpTransformerBase trained = Fit(task, View(task), start: null);
        var loaded = (MlpTransformerBase)ColumnText.SaveAndLoad(_ml, trained, View(task).Schema);
        foreach (MlpTransformerBase model in (MlpTransformerBase[])[trained, loaded])
        {
            _warnings.Clear();
            model.Transform(View(task));
            model.Transform(View(task, features: null));
            Assert.Empty(_warnings);
            IDataView other = View(task, features: ["a", "c"]);
            model.Transform(other);
            model.Transform(other);
            model.GetOutputSchema(other.Schema);
            Assert.Equal(
                ["The slot names of feature column 'Features' differ, first in slot 1: 'c' in the data to be scored, 'b' in the training "
                    + "data. The predictions take each slot for what it was in training. Give the columns in the order of the training."],
                _warnings);
        }
    }

    [Fact]
    public void OtherCategoricalRanges_AreRefused() => Assert.StartsWith(
        "The categorical slot ranges of feature column 'Features' differ, first in range 0: slots 0 to 0 in the validation data, slots 0 "
            + "to 1 in the training data.",
        Assert.Throws<ArgumentOutOfRangeException>(() => EveryTask.Fit(
            Options("regression"), View("regression", ["a", "b"], [0, 1]), View("regression", ["a", "b"], [0, 0]))).Message);

    [Fact]
    public void NormalizationThatOnlyOneViewHas_IsLogged_AndAContradictionRefused()
    {
        IDataView plain = View("regression"), normalized = View("regression", ["a", "b"], isNormalized: true);
        Fit("regression", normalized, start: null, plain);
        Assert.Contains(
            "Feature column 'Features' is annotated as normalized in the training data, and not in the validation data. Transform both "
                + "with the same fitted transformers.",
            _warnings);
        _warnings.Clear();
        Fit("regression", plain, Fit("regression", normalized, start: null).Model);
        Assert.StartsWith(
            "Feature column 'Features' is annotated as normalized in the training of the model to start from, and not in the "
                + "training data.", Assert.Single(_warnings));
        Assert.StartsWith(
            "Feature column 'Features' says that it is not normalized in the validation data, and that it is normalized in the "
                + "training data.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => Fit("regression", normalized, start: null, View("regression", ["a", "b"], isNormalized: false))).Message);
    }

    [Fact]
    public void Evaluation_AndReports_RefuseOtherNamesOfTheLabel()
    {
        MlpTransformerBase model = Fit("several targets", View("several targets"), start: null);
        IDataView other = ViewOfLabel("several targets", ["length", "width"]);
        Assert.StartsWith(
            "The slot names of label column 'Label' differ, first in slot 0: 'length' in the label, 'width' in column 'Score'.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.EvaluateMultiTarget(model.Transform(other))).Message);
        Assert.StartsWith(
            "The slot names of label column 'Label' differ, first in slot 0: 'length' in this data, 'width' in the training data.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ReportMlp(model, null, other)).Message);
        IDataView classes = ViewOfLabel("multiclass", ["x", "z", "y"]);
        Assert.StartsWith(
            "The key values of label column 'Label' differ, first in value 2: 'z' in this data, 'y' in the training data.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.Model.ReportMlp(Fit("multiclass", View("multiclass"), start: null), null, classes)).Message);
    }

    [Fact]
    public void ACheckpoint_OfOtherNames_IsRefused()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "state");
        MlpOptions options = Options("multiclass");
        options.Checkpoint = new Checkpoint(path);
        EveryTask.Fit(options, View("multiclass"));
        Assert.Contains(
            "belongs to another training: FeatureNames was a, b and is b, a.",
            Assert.Throws<InvalidOperationException>(() => EveryTask.Fit(options, View("multiclass", features: ["b", "a"]))).Message);
        Assert.Contains(
            "OutputNames was x, y, z and is x, z, y.",
            Assert.Throws<InvalidOperationException>(() => EveryTask.Fit(options, ViewOfLabel("multiclass", ["x", "z", "y"]))).Message);
        EveryTask.Fit(options, View("multiclass"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static MlpOptions Options(string task)
    {
        MlpOptions options = EveryTask.Options(task);
        options.LabelColumnName = "Label";
        return options;
    }

    private MlpTransformerBase Fit(string task, IDataView data, MlpModelParameters? start, IDataView? validation = null) =>
        Options(task) switch
        {
            MlpBinaryTrainer.Options binary => _ml.BinaryClassification.Trainers.Mlp(binary).Fit(data, validation, start),
            MlpMulticlassTrainer.Options multiclass => _ml.MulticlassClassification.Trainers.Mlp(multiclass).Fit(data, validation, start),
            MlpMultiLabelTrainer.Options multiLabel =>
                _ml.MulticlassClassification.Trainers.MlpMultiLabel(multiLabel).Fit(data, validation, start),
            MlpRegressionTrainer.Options regression => _ml.Regression.Trainers.Mlp(regression).Fit(data, validation, start),
            _ => throw new ArgumentException("There is no such task.", nameof(task)),
        };

    private void AssertNoStart(string message, string task, IDataView data, MlpModelParameters start) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("start", () => Fit(task, data, start)).Message);

    private IDataView View(string task) => View(task, ["a", "b"]);

    /// <summary>Thirty rows of two features and the task's label, annotated as given.</summary>
    private IDataView View(string task, string[]? features, int[]? ranges = null, bool? isNormalized = null) =>
        View(task, NamesOf(task), features, ranges, isNormalized);

    private IDataView ViewOfLabel(string task, string[]? label) => View(task, label, ["a", "b"], ranges: null, isNormalized: null);

    private IDataView View(string task, string[]? label, string[]? features, int[]? ranges, bool? isNormalized)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        SchemaDefinition.Column column = schema.Single(
            column => string.Equals(column.MemberName, task.Replace(" ", "").Replace("-", ""), StringComparison.OrdinalIgnoreCase));
        column.ColumnName = "Label";
        if (label is not null)
            column.AddAnnotation(task is "binary" or "multiclass"
                ? "KeyValues" : "SlotNames", Texts(label), new VectorDataViewType(TextDataViewType.Instance, label.Length));
        SchemaDefinition.Column inputs = schema["Features"];
        if (features is not null)
            inputs.AddAnnotation("SlotNames", Texts(features), new VectorDataViewType(TextDataViewType.Instance, features.Length));
        if (ranges is not null)
            inputs.AddAnnotation("CategoricalSlotRanges", new VBuffer<int>(ranges.Length, ranges), new VectorDataViewType(
                NumberDataViewType.Int32, ranges.Length));
        if (isNormalized is bool normalized)
            inputs.AddAnnotation("IsNormalized", normalized, BooleanDataViewType.Instance);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(Row.Create), schema);
    }

    private static VBuffer<ReadOnlyMemory<char>> Texts(string[] texts) => new(texts.Length, [.. texts.Select(text => text.AsMemory())]);

    private static string[]? NamesOf(string task) => task switch
    {
        "binary" => ["yes", "no"],
        "multiclass" => ["x", "y", "z"],
        "several targets" => ["width", "length"],
        "multi-label" => ["cheap", "new"],
        _ => null,
    };

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Binary { get; set; }

        [KeyType(3)]
        public uint Multiclass { get; set; }

        public float Regression { get; set; }

        [VectorType(2)]
        public float[] SeveralTargets { get; set; } = [];

        [VectorType(2)]
        public bool[] MultiLabel { get; set; } = [];

        // Keys of a class count from 0.
        public static Row Create(int index) => new()
        {
            Features = [index % 5, index % 7],
            Binary = (uint)(index % 2),
            Multiclass = (uint)(index % 3),
            Regression = index % 7,
            SeveralTargets = [index % 7, index % 3],
            MultiLabel = [index % 2 == 0, index % 3 == 0],
        };
    }
}
