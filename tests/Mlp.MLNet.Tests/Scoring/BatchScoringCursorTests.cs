using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Tests.Scoring;

public class BatchScoringCursorTests
{
    private static readonly string[] PassedThrough = ["Id", "Text", "Key", "Features", "Sparse", "Variable", "Words", "Date", "Flag"];
    private static readonly string[] Predicted = ["PredictedLabel", "Score", "Probability"];

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Features")]
    [InlineData("Sparse")]
    public void Binary_GivesTheBitsOfTheRowMapper_WithAllColumnsInStep(string features)
    {
        IDataView data = View();
        MlpBinaryTransformer model = Binary(features);
        string[] expected = RowText.ByMapper(model, data, [.. PassedThrough, .. Predicted]);
        Assert.Equal(700, expected.Length);
        Assert.Equal(expected, RowText.ByCursor(model.Transform(data), [.. PassedThrough, .. Predicted]));
        // The order in which columns are read does not matter, and a prediction alone will do.
        Assert.Equal(
            RowText.ByMapper(model, data, "Probability", "Words", "Score", features, "Id"),
            RowText.ByCursor(model.Transform(data), "Probability", "Words", "Score", features, "Id"));
        Assert.Equal(RowText.ByMapper(model, data, "Score"), RowText.ByCursor(model.Transform(data), "Score"));
    }

    [Fact]
    public void AllTasks_GiveTheBitsOfTheRowMapper()
    {
        IDataView data = Blobs.View(_ml, Blobs.Rows(300));
        MlpMulticlassTransformer classes = _ml.MulticlassClassification.Trainers.Mlp(Blobs.Multiclass()).Fit(data);
        AssertSame(classes, "ClassKey", "Score", "PredictedLabel");
        MlpRegressionTransformer number = _ml.Regression.Trainers.Mlp(Blobs.Regression()).Fit(data);
        AssertSame(number, "Price", "Score");
        MlpRegressionTransformer numbers = _ml.Regression.Trainers.Mlp(Blobs.Regression("Targets")).Fit(data);
        AssertSame(numbers, "Targets", "Score", "Text");
        MlpMultiLabelTransformer labels = _ml.MulticlassClassification.Trainers.MlpMultiLabel(Blobs.MultiLabel()).Fit(data);
        AssertSame(labels, "Labels", "PredictedLabel", "Score", "Probability");

        void AssertSame(ITransformer model, params string[] columns) =>
            Assert.Equal(RowText.ByMapper(model, data, columns), RowText.ByCursor(model.Transform(data), columns));
    }

    [Fact]
    public void InputColumnsAlone_AreNotScored()
    {
        AheadRow[] rows = AheadRow.Create(20);
        rows[3].Features = [1];
        IDataView scored = Binary().Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(rows.Select(row => row.Id), scored.GetColumn<int>("Id"));
    }

    [Fact]
    public void WhatTheInputThrows_IsThrownInItsRow_AndAgain()
    {
        AheadRow[] rows = AheadRow.Create(200);
        rows[100].Features = [1];
        IDataView scored = Binary().Transform(_ml.Data.LoadFromEnumerable(rows));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Id"]]);
        ValueGetter<int> getId = cursor.GetGetter<int>(scored.Schema["Id"]);
        int id = 0;
        for (int row = 0; row < 100; row++)
        {
            Assert.True(cursor.MoveNext());
            getId(ref id);
            Assert.Equal((row, row), (id, cursor.Position));
        }
        for (int attempt = 0; attempt < 2; attempt++)
        {
            var exception = Assert.Throws<InvalidOperationException>(() => cursor.MoveNext());
            Assert.Equal(
                "Feature column 'Features' is Vector<Single, 2>, but a row has 1 slots. Give every row the same number of features.",
                exception.Message);
        }
    }

    [Fact]
    public void AnEnumerableThatThrows_ThrowsInItsRow()
    {
        IEnumerable<AheadRow> failing = AheadRow.Create(50).Select(row => row.Id == 30 ? throw new IOException("the disk is gone") : row);
        IDataView scored = Binary().Transform(_ml.Data.LoadFromEnumerable(failing));
        int found = 0;
        var exception = Assert.Throws<IOException>(() =>
        {
            foreach (float _ in scored.GetColumn<float>("Score"))
                found++;
        });
        Assert.Equal(("the disk is gone", 30), (exception.Message, found));
    }

    [Fact]
    public void FirstRow_IsScoredAlone()
    {
        int read = 0;
        IEnumerable<AheadRow> counted = AheadRow.Create().Select(row =>
        {
            read++;
            return row;
        });
        IDataView scored = Binary().Transform(_ml.Data.LoadFromEnumerable(counted));
        read = 0;
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]);
        float score = 0;
        Assert.True(cursor.MoveNext());
        getScore(ref score);
        Assert.Equal(1, read);
        Assert.True(cursor.MoveNext());
        Assert.InRange(read, 2, 9);
    }

    [Fact]
    public void RowObjectsThatAreReused_DoNotMixUpRows()
    {
        AheadRow[] rows = AheadRow.Create();
        IDataView reused = _ml.Data.LoadFromEnumerable(Reuse(rows));
        MlpBinaryTransformer model = Binary();
        Assert.Equal(
            RowText.ByMapper(model, View(), "Id", "Features", "Score"),
            RowText.ByCursor(model.Transform(reused), "Id", "Features", "Score"));

        static IEnumerable<AheadRow> Reuse(AheadRow[] rows)
        {
            var shared = new AheadRow { Features = new float[2] };
            foreach (AheadRow row in rows)
            {
                shared.Id = row.Id;
                row.Features.CopyTo(shared.Features, 0);
                yield return shared;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(73)]
    [InlineData(74)]
    [InlineData(329)]
    [InlineData(330)]
    public void EveryRowCount_IsServed(int rowCount)
    {
        AheadRow[] rows = AheadRow.Create(rowCount);
        MlpBinaryTransformer model = Binary();
        foreach (IDataView data in (IDataView[])[_ml.Data.LoadFromEnumerable(rows), _ml.Data.LoadFromEnumerable(rows.Where(_ => true))])
        {
            IDataView scored = model.Transform(data);
            Assert.Equal(RowText.ByMapper(model, data, "Id", "Score"), RowText.ByCursor(scored, "Id", "Score"));
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]);
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            Assert.Equal(-1, cursor.Position);
            DataViewRowId id = default;
            for (int row = 0; row < rowCount; row++)
            {
                Assert.True(cursor.MoveNext());
                getId(ref id);
                Assert.Equal((row, 0, (ulong)row), (cursor.Position, cursor.Batch, id.Low));
            }
            Assert.False(cursor.MoveNext());
            Assert.False(cursor.MoveNext());
        }
    }

    [Fact]
    public void ValuesOutsideOfARow_AreRefused()
    {
        IDataView scored = Binary().Transform(View());
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Id"]]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]);
        ValueGetter<int> getId = cursor.GetGetter<int>(scored.Schema["Id"]);
        ValueGetter<DataViewRowId> getRowId = cursor.GetIdGetter();
        AssertRefused();
        while (cursor.MoveNext())
        {
        }
        AssertRefused();

        void AssertRefused()
        {
            const string Expected = "The cursor is at no row. Get values after MoveNext has returned true, and before it returns false.";
            (float score, int id, DataViewRowId rowId) = (0, 0, default);
            Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => getScore(ref score)).Message);
            Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => getId(ref id)).Message);
            Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => getRowId(ref rowId)).Message);
        }
    }

    [Fact]
    public void ShuffledRows_AndSomeOfThem_KeepTheirScores()
    {
        MlpBinaryTransformer model = Binary();
        IDataView scored = model.Transform(_ml.Data.Cache(View()));
        string[] expected = RowText.ByMapper(model, View(), "Id", "Text", "Score");
        string[] shuffled = RowText.ByCursor(_ml.Data.ShuffleRows(scored, seed: 2), "Id", "Text", "Score");
        Assert.NotEqual(expected, shuffled);
        Assert.Equal(expected.Order(), shuffled.Order());
        Assert.Equal(expected[..50], RowText.ByCursor(_ml.Data.TakeRows(scored, 50), "Id", "Text", "Score"));
        Assert.Equal(expected[50..], RowText.ByCursor(_ml.Data.SkipRows(scored, 50), "Id", "Text", "Score"));
        using DataViewRowCursor cursor = scored.GetRowCursor(
            [scored.Schema["Score"], scored.Schema["Id"], scored.Schema["Text"]], new Random(3));
        var text = new RowText(cursor, [scored.Schema["Id"], scored.Schema["Text"], scored.Schema["Score"]]);
        var found = new List<string>();
        while (cursor.MoveNext())
            found.Add($"{text}");
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void CursorsSideBySide_AndOnesLeftEarly_DoNotDisturbEachOther()
    {
        MlpBinaryTransformer model = Binary();
        IDataView scored = model.Transform(View());
        string[] expected = RowText.ByMapper(model, View(), "Id", "Score");
        Parallel.For(0, 6, index =>
        {
            using (DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema))
            {
                for (int row = 0; row < 40 * index; row++)
                    Assert.True(cursor.MoveNext());
                cursor.Dispose();
            }
            Assert.Equal(expected, RowText.ByCursor(scored, "Id", "Score"));
        });
    }

    [Fact]
    public void AColumnThatCannotBeCopied_IsScoredRowByRow()
    {
        MlpBinaryTransformer model = Binary();
        var data = new OpaqueView(View());
        IDataView scored = model.Transform(data);
        DataViewSchema.Column opaque = scored.Schema["Opaque"];
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], opaque]);
        var text = new RowText(cursor, [scored.Schema["Score"]]);
        ValueGetter<OpaqueView.Handle> getHandle = cursor.GetGetter<OpaqueView.Handle>(opaque);
        OpaqueView.Handle? handle = null;
        foreach (string expected in RowText.ByMapper(model, View(), "Score"))
        {
            Assert.True(cursor.MoveNext());
            getHandle(ref handle!);
            Assert.Equal((cursor.Position, expected), (handle.Position, $"{text}"));
        }
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void WideRows_MakeSmallBatches()
    {
        // 300,000 features: two rows exceed what a batch may hold.
        const int Width = 300_000;
        var network = Network<float>.Create(Width, [Layer.Dense(1)], seed: 1);
        var model = new MlpBinaryTransformer(new MLContext(), new TransformerContent(new MlpModelParameters(new Model<float>(network)),
            "Features", IsFeatureVector: true, new LabelContent(IsVector: false, Values: null)));
        var schema = SchemaDefinition.Create(typeof(AheadRow));
        schema[nameof(AheadRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        AheadRow[] rows = AheadRow.Create(5);
        foreach (AheadRow row in rows)
            row.Features = [.. Enumerable.Repeat(row.Id, Width).Select(value => value + 0.5f)];
        IDataView data = _ml.Data.LoadFromEnumerable(rows, schema);
        Assert.Equal(RowText.ByMapper(model, data, "Id", "Score"), RowText.ByCursor(model.Transform(data), "Id", "Score"));
    }

    private IDataView View() => _ml.Data.LoadFromEnumerable(AheadRow.Create());

    private MlpBinaryTransformer Binary(string features = "Features")
    {
        MlpBinaryTrainer.Options options = Blobs.Binary(numberOfEpochs: 1);
        options.FeatureColumnName = features;
        return _ml.BinaryClassification.Trainers.Mlp(options).Fit(View());
    }
}
