using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet;

namespace Mlp.Soak.Kill;

/// <summary>A process that trains on rows without end, of which nobody knows how many there are.</summary>
internal static class EndlessRowsChild
{
    /// <summary>The first argument that makes the program read; the number of features follows, and whether the rows are to validate
    /// with.</summary>
    public const string Verb = "endless-rows-child";

    /// <summary>The program's side: writes the type and the message of what ends it.</summary>
    public static int Run(string[] args)
    {
        int featureCount = int.Parse(args[1], CultureInfo.InvariantCulture);
        bool isValidation = bool.Parse(args[2]);
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        IDataView endless = ml.Data.LoadFromEnumerable(Rows(featureCount), schema),
            few = ml.Data.LoadFromEnumerable(Rows(featureCount).Take(10), schema);
        try
        {
            MlpBinaryTrainer trainer = ml.BinaryClassification.Trainers.Mlp(new MlpBinaryTrainer.Options(MlpPreset.Plain)
            {
                RowStore = RowStore.Memory,
            });
            _ = isValidation ? trainer.Fit(few, endless) : trainer.Fit(endless);
            return 1;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OutOfMemoryException)
        {
            Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            return 0;
        }
    }

    private static IEnumerable<Row> Rows(int featureCount)
    {
        var row = new Row { Features = new float[featureCount] };
        for (long index = 0; ; index++)
        {
            row.Label = index % 2 == 0;
            // Zeros would take no memory.
            Array.Fill(row.Features, 1 + index % 2);
            yield return row;
        }
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
