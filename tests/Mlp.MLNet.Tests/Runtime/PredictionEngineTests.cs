using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

public class PredictionEngineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Predict_AppliesTheWholeChain()
    {
        using PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model());
        Output first = engine.Predict(new Input { A = 1, Name = "one" });
        Output second = engine.Predict(new Input { A = 2, Name = "two" });
        Assert.Equal([1f, 0.5f], first.Features);
        Assert.Equal([2f, 1f], second.Features);
        Assert.Equal("one", first.Name);
        Assert.NotNull(engine.OutputSchema["Features"].Name);
        Output reused = first;
        engine.Predict(new Input { A = 4 }, ref reused);
        Assert.Same(first, reused);
        Assert.Equal([4f, 2f], first.Features);
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [Fact]
    public void Engines_CanShareAModelAcrossThreads()
    {
        ITransformer model = Model();
        float[] sums = new float[8];
        Parallel.For(0, sums.Length, i =>
        {
            PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(model);
            for (int n = 0; n < 200; n++)
                sums[i] += engine.Predict(new Input { A = n }).Features[1];
        });
        Assert.All(sums, sum => Assert.Equal(9950f, sum));
    }

    [Fact]
    public void InputColumnsThatAreMissing_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<OnlyName, Output>(Model()));
        Assert.Throws<ArgumentNullException>(() => _ml.Model.CreatePredictionEngine<Input, Output>(null!));
    }

    [Fact]
    public void OutputColumnsThatAreMissing_AreIgnoredUnlessForbidden()
    {
        using PredictionEngine<Input, OutputWithMore> engine = _ml.Model.CreatePredictionEngine<Input, OutputWithMore>(Model());
        Assert.Equal(0, engine.Predict(new Input { A = 1 }).Nope);
        Assert.Equal(
            "Could not find  column 'Nope' (Parameter 'Schema')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _ml.Model.CreatePredictionEngine<Input, OutputWithMore>(Model(), ignoreMissingColumns: false)).Message);
    }

    [Fact]
    public void OutputOfTheWrongType_IsNamed()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Input, WrongOutput>(Model()));
        Assert.Equal(
            "Can't bind the IDataView column 'Features' of type 'Vector<Single, 2>' to field or property 'Features' of type 'System.Single'.",
            exception.Message);
    }

    [Fact]
    public void InputSchema_GivesVectorsTheirSize()
    {
        var definition = SchemaDefinition.Create(typeof(VectorInput));
        definition["V"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        IDataView data = _ml.Data.LoadFromEnumerable([new VectorInput { V = [2, 4] }, new VectorInput { V = [0, 0] }], definition);
        ITransformer model = _ml.Transforms.NormalizeMinMax("Features", "V").Fit(data);

        using PredictionEngine<VectorInput, VectorOutput> bySchema
            = _ml.Model.CreatePredictionEngine<VectorInput, VectorOutput>(model, data.Schema);
        Assert.Equal([0.5f, 0.5f], bySchema.Predict(new VectorInput { V = [1, 2] }).Features);
        using PredictionEngine<VectorInput, VectorOutput> byDefinition
            = _ml.Model.CreatePredictionEngine<VectorInput, VectorOutput>(model, inputSchemaDefinition: definition);
        Assert.Equal([0.5f, 0.5f], byDefinition.Predict(new VectorInput { V = [1, 2] }).Features);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<VectorInput, VectorOutput>(model));
    }

    [Fact]
    public void OutputSchemaDefinition_RenamesColumns()
    {
        var definition = SchemaDefinition.Create(typeof(Renamed), SchemaDefinition.Direction.Write);
        definition["Values"].ColumnName = "Features";
        using PredictionEngine<Input, Renamed> engine
            = _ml.Model.CreatePredictionEngine<Input, Renamed>(Model(), outputSchemaDefinition: definition);
        Assert.Equal([1f, 0.5f], engine.Predict(new Input { A = 1 }).Values);
    }

    [Fact]
    public void Options_AreTheSameAsArguments()
    {
        var options = new PredictionEngineOptions { IgnoreMissingColumns = false };
        Assert.True(options.OwnsTransformer);
        Assert.True(new PredictionEngineOptions().IgnoreMissingColumns);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<Input, OutputWithMore>(Model(), options));
        using PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model(), options);
        Assert.Equal([1f, 0.5f], engine.Predict(new Input { A = 1 }).Features);
    }

    private ITransformer Model()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Input { A = 2, Name = "n" }, new Input { A = 0, Name = "m" }]);
        return _ml.Transforms.NormalizeMinMax("N", "A").Append(_ml.Transforms.Concatenate("Features", "A", "N")).Fit(data);
    }

    private sealed class Input
    {
        public float A { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class OnlyName
    {
        public string Name { get; set; } = "";
    }

    private sealed class Output
    {
        public float[] Features { get; set; } = null!;

        public string Name { get; set; } = "";
    }

    private sealed class VectorOutput
    {
        public float[] Features { get; set; } = null!;
    }

    private sealed class OutputWithMore
    {
        public float[] Features { get; set; } = null!;

        public float Nope { get; set; }
    }

    private sealed class WrongOutput
    {
        public float Features { get; set; }
    }

    private sealed class Renamed
    {
        public float[] Values { get; set; } = null!;
    }

    private sealed class VectorInput
    {
        public float[] V { get; set; } = null!;
    }
}
