using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Evaluation;

/// <summary>The rows of two vector columns side by side, for evaluation.</summary>
internal static class VectorPairs
{
    /// <summary>Calls back for every row, with both vectors dense.</summary>
    /// <param name="data">Has both columns.</param>
    /// <param name="label">The truth.</param>
    /// <param name="prediction">What is compared with it.</param>
    /// <param name="addRow">Gets label and prediction; the spans are valid during the call.</param>
    public static void Read<T>(IDataView data, DataViewSchema.Column label, DataViewSchema.Column prediction, Action<T[], T[]> addRow)
        where T : unmanaged
    {
        int size = ((VectorDataViewType)label.Type).Size;
        T[] labels = new T[size], predictions = new T[size];
        using DataViewRowCursor cursor = data.GetRowCursor([label, prediction]);
        VectorReader<T> labelReader = new(cursor, label), predictionReader = new(cursor, prediction);
        while (cursor.MoveNext())
        {
            labelReader.Read(labels);
            predictionReader.Read(predictions);
            addRow(labels, predictions);
        }
    }

    /// <summary>Finds the columns and checks them.</summary>
    /// <param name="schema">Of the data.</param>
    /// <param name="itemType">What both must be vectors of.</param>
    /// <param name="labelColumnName">The truth.</param>
    /// <param name="predictionColumnName">What is compared with it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or no vector of that type, or their sizes differ, or the order of
    /// their slot names.</exception>
    public static (DataViewSchema.Column Label, DataViewSchema.Column Prediction) Find(
        DataViewSchema schema, PrimitiveDataViewType itemType, string labelColumnName, string predictionColumnName)
    {
        DataViewSchema.Column label = FindVector(schema, itemType, labelColumnName, "label");
        DataViewSchema.Column prediction = FindVector(schema, itemType, predictionColumnName, "prediction");
        if (!label.Type.Equals(prediction.Type))
        {
            throw Error(
                $"Label column '{label.Name}' is {label.Type} and prediction column '{prediction.Name}' is {prediction.Type}; they need "
                    + "the same number of slots.");
        }
        LabelValues? names = LabelValues.OfSlots(label), others = LabelValues.OfSlots(prediction);
        // Other names may be those of the columns that a vector was put together from; the same ones in another order cannot.
        if (names is not null && others is not null && names.ToTexts().Order().SequenceEqual(others.ToTexts().Order())
            && LabelValues.Difference(names, others, label, "the label", $"column '{prediction.Name}'") is string difference)
        {
            throw Error($"{difference} Transform the data with the transformers that were fitted for the training.");
        }
        return (label, prediction);
    }

    /// <summary>A name for each slot: that of the prediction, else of the label, else its index.</summary>
    public static string[] NamesOf(DataViewSchema.Column label, DataViewSchema.Column prediction)
    {
        LabelValues? names = LabelValues.OfSlots(prediction) ?? LabelValues.OfSlots(label);
        return [.. Enumerable.Range(0, ((VectorDataViewType)label.Type).Size)
            .Select(index => names is null ? index.ToString(CultureInfo.InvariantCulture) : names.NameOf(index))];
    }

    private static DataViewSchema.Column FindVector(DataViewSchema schema, PrimitiveDataViewType itemType, string name, string role)
    {
        if (schema.GetColumnOrNull(name) is not DataViewSchema.Column column)
        {
            throw Error(
                $"Could not find {role} column '{name}'. The data has "
                    + $"{string.Join(", ", schema.Where(other => !other.IsHidden).Select(other => other.Name))}.");
        }
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || !vector.ItemType.Equals(itemType))
        {
            throw Error(
                $"The {role} column '{name}' is {column.Type}; this evaluation needs Vector<{itemType}> of known size. For a scalar "
                    + "column use Evaluate.");
        }
        return column;
    }

    private static ArgumentOutOfRangeException Error(string message) => new("data", message);
}
