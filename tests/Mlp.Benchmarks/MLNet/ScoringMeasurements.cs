using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;
using Mlp.MLNet.Models;
using Mlp.MLNet.Tasks;

namespace Mlp.Benchmarks;

/// <summary>A whole data view, scored in batches ahead of the cursor and row by row.</summary>
internal static class ScoringMeasurements
{
    /// <param name="rounds">Runs of each.</param>
    public static IEnumerable<MLNetResult> Run(int rounds) =>
        [Measure([784, 512, 512, 10], rowCount: 4096, rounds, bar: 5), Measure([30, 64, 32, 1], rowCount: 100_000, rounds, bar: 1)];

    private static MLNetResult Measure(int[] sizes, int rowCount, int rounds, double bar)
    {
        var ml = new MLContext(seed: 1);
        MlpTransformerBase model = CreateModel(sizes);
        var random = new Random(1);
        var rows = new Row[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            rows[row] = new Row { Id = row, Features = new float[sizes[0]] };
            for (int feature = 0; feature < sizes[0]; feature++)
                rows[row].Features[feature] = random.NextSingle() - 0.5f;
        }
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, sizes[0]);
        IDataView data = ml.Data.LoadFromEnumerable(rows, schema);
        // One output is a number, several are a vector.
        double[] seconds = sizes[^1] == 1
            ? Timing.Run(rounds, () => Ahead<float>(model, data), () => RowByRow<float>(model, data))
            : Timing.Run(rounds, () => Ahead<VBuffer<float>>(model, data), () => RowByRow<VBuffer<float>>(model, data));
        double rowByRow = 1e6 * seconds[1] / rowCount;
        return new(
            $"Transform {string.Join('-', sizes)}, {rowCount:N0} rows", 1e6 * seconds[0] / rowCount, "us/row",
            "row by row", rowByRow, rowByRow / bar, $"1/{bar} of row by row");
    }

    private static MlpTransformerBase CreateModel(int[] sizes)
    {
        bool hasClasses = sizes[^1] > 1;
        var model = new Model<float>(
            Network.Create(sizes, Activation.Relu),
            new FeatureScaling<float>([.. Enumerable.Repeat(0.1f, sizes[0])], [.. Enumerable.Repeat(2f, sizes[0])]),
            hasClasses ? OutputLink.Softmax : OutputLink.Sigmoid);
        var content = new TransformerContent(
            new MlpModelParameters(model), nameof(Row.Features), IsFeatureVector: true, new LabelContent(IsVector: false, Values: null));
        return hasClasses
            ? new MlpMulticlassTransformer(new MLContext(), content) : new MlpBinaryTransformer(new MLContext(), content);
    }

    /// <summary>Scores, and a column of the input beside them.</summary>
    private static void Ahead<TScore>(MlpTransformerBase model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        DataViewSchema.Column score = scored.Schema["Score"], id = scored.Schema[nameof(Row.Id)];
        using DataViewRowCursor cursor = scored.GetRowCursor([score, id]);
        ReadAll<TScore>(cursor, cursor, score, id);
    }

    private static void RowByRow<TScore>(MlpTransformerBase model, IDataView data)
    {
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        DataViewSchema.Column score = mapper.OutputSchema["Score"], id = mapper.OutputSchema[nameof(Row.Id)];
        using DataViewRowCursor cursor = data.GetRowCursor(mapper.GetDependencies([score, id]));
        using DataViewRow row = mapper.GetRow(cursor, [score, id]);
        ReadAll<TScore>(cursor, row, score, id);
    }

    private static void ReadAll<TScore>(DataViewRowCursor cursor, DataViewRow row, DataViewSchema.Column score, DataViewSchema.Column id)
    {
        ValueGetter<TScore> getScore = row.GetGetter<TScore>(score);
        ValueGetter<int> getId = row.GetGetter<int>(id);
        TScore scores = default!;
        int value = 0;
        while (cursor.MoveNext())
        {
            getScore(ref scores);
            getId(ref value);
        }
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public float[] Features { get; set; } = [];
    }
}
