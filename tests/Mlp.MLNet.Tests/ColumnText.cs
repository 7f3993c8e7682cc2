using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests;

/// <summary>Columns as text: 1.5 or 'abc', vectors as [1 2 3] when dense and as {3: 0=1 2=5} when sparse.</summary>
internal static class ColumnText
{
    /// <summary>The values of a column, one string per row.</summary>
    public static string[] Values(IDataView data, string column) => Read(data, data.Schema[column]);

    /// <summary>The type of a column, then its annotations in order, as "name: value".</summary>
    public static string Describe(IDataView data, string column)
    {
        DataViewSchema.Column found = data.Schema[column];
        IEnumerable<string> annotations = found.Annotations.Schema.Select(kind => $"; {kind.Name}: {Annotation(found.Annotations, kind)}");
        return found.Type + string.Concat(annotations);
    }

    /// <summary>Reads a column of a row that others move.</summary>
    public static Func<string> Getter(DataViewRow row, DataViewSchema.Column column)
        => (Func<string>)Call(nameof(GetterTyped), column.Type, row, column);

    /// <summary>The model as it comes back from a file.</summary>
    public static ITransformer SaveAndLoad(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return ml.Model.Load(stream, out _);
    }

    /// <summary>Asserts what an estimator makes of a column, before and after the model was in a file.</summary>
    public static void AssertColumn(
        IEstimator<ITransformer> estimator, IDataView data, string column, string description, params string[] values)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = estimator.Fit(data);
        foreach (ITransformer each in new[] { model, SaveAndLoad(ml, model, data.Schema) })
        {
            IDataView result = each.Transform(data);
            Assert.Equal(description, Describe(result, column));
            Assert.Equal(values, Values(result, column));
        }
    }

    private static string[] Read(IDataView data, DataViewSchema.Column column)
        => (string[])Call(nameof(ReadTyped), column.Type, data, column);

    private static string Annotation(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
        => (string)Call(nameof(AnnotationTyped), kind.Type, annotations, kind.Name);

    private static object Call(string method, DataViewType type, params object[] arguments)
        => typeof(ColumnText).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.RawType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private static string[] ReadTyped<T>(IDataView data, DataViewSchema.Column column)
    {
        var rows = new List<string>();
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<string> getter = GetterTyped<T>(cursor, column);
        while (cursor.MoveNext())
            rows.Add(getter());

        return [.. rows];
    }

    private static Func<string> GetterTyped<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Text(value);
        };
    }

    private static string AnnotationTyped<T>(DataViewSchema.Annotations annotations, string kind)
    {
        T value = default!;
        annotations.GetValue(kind, ref value);
        return Text(value);
    }

    private static string Text<T>(T value)
        => value switch
        {
            VBuffer<float> vector => VectorText(vector),
            VBuffer<double> vector => VectorText(vector),
            VBuffer<int> vector => VectorText(vector),
            VBuffer<uint> vector => VectorText(vector),
            VBuffer<bool> vector => VectorText(vector),
            VBuffer<ReadOnlyMemory<char>> vector => VectorText(vector),
            ReadOnlyMemory<char> text => $"'{text}'",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value!.ToString()!,
        };

    private static string VectorText<T>(VBuffer<T> vector)
        => vector.IsDense
            ? $"[{string.Join(" ", vector.DenseValues().Select(Text))}]"
            : $"{{{vector.Length}:{string.Concat(vector.Items().Select(item => $" {item.Key}={Text(item.Value)}"))}}}";
}
