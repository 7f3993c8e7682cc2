using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Reading;

/// <summary>A key column that a model reads beside its features, as it was in training.</summary>
/// <param name="Name">Of the column, not empty.</param>
/// <param name="Values">The key's values, as many as the model knows; null where it has none.</param>
internal sealed record CategoryValues(string Name, LabelValues? Values)
{
    private const string ValuesName = "values of a categorical column";

    /// <param name="column">A key.</param>
    public static CategoryValues Of(DataViewSchema.Column column) => new(column.Name, ValuesOf(column));

    /// <summary>Where the first values of a column are not those of elsewhere, as a sentence; null when nothing contradicts.</summary>
    /// <param name="columns">Keys.</param>
    /// <param name="others">What they are elsewhere, as many.</param>
    /// <param name="place">Where the columns are: "the validation data".</param>
    /// <param name="otherPlace">Where the others are.</param>
    public static string? Difference(
        IReadOnlyList<DataViewSchema.Column> columns, IReadOnlyList<CategoryValues> others, string place, string otherPlace) =>
        columns.Zip(others)
            .Select(pair => pair.Second.Values is null ? null : LabelValues.Difference(
                ValuesOf(pair.First), pair.Second.Values, pair.First, place, otherPlace, role: "categorical"))
            .FirstOrDefault(difference => difference is not null);

    /// <summary>
    /// The number of columns (int32); of each its name as <see cref="BinaryWriter.Write(string)"/> writes it, one byte that is 1 if values
    /// follow, the values (<see cref="LabelValues"/>), as many as the network has for that column.
    /// </summary>
    public static void Write(BinaryWriter writer, IReadOnlyList<CategoryValues> columns)
    {
        writer.Write(columns.Count);
        foreach (CategoryValues column in columns)
        {
            writer.Write(column.Name);
            writer.Write(column.Values is not null);
            column.Values?.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing of it is trusted.</summary>
    /// <param name="reader">At their position; they are all that follows.</param>
    /// <param name="counts">How many values the network has for each column.</param>
    /// <exception cref="FormatException">They are damaged.</exception>
    /// <exception cref="EndOfStreamException">They are cut off.</exception>
    public static CategoryValues[] Read(BinaryReader reader, int[] counts)
    {
        int count = reader.ReadInt32();
        if (count != counts.Length)
            throw Damaged($"{count} categorical columns where its network reads {counts.Length}");
        var columns = new List<CategoryValues>();
        foreach (int valueCount in counts)
        {
            string name = LabelValues.ReadText(reader).ToString();
            if (name.Length == 0 || columns.Any(other => other.Name == name))
                throw Damaged($"categorical column {columns.Count + 1} with {(name.Length == 0 ? "no name" : "the name of another")}");
            byte hasValues = reader.ReadByte();
            if (hasValues > 1)
                throw Damaged($"{hasValues} where 1 stands for a categorical column with values and 0 for one without");
            columns.Add(new CategoryValues(name, hasValues == 1 ? LabelValues.Read(reader, valueCount, ValuesName) : null));
        }
        if (reader.BaseStream.ReadByte() >= 0)
            throw Damaged("bytes after its categorical columns");
        return [.. columns];
    }

    /// <summary>A key may have more values than there can be names.</summary>
    private static LabelValues? ValuesOf(DataViewSchema.Column column) =>
        ((KeyDataViewType)column.Type).Count <= (ulong)Array.MaxLength ? LabelValues.OfKey(column) : null;

    private static FormatException Damaged(string what) => new($"The model file has {what}. It is damaged; save or transfer it again.");
}
