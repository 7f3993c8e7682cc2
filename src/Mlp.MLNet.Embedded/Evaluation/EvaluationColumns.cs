using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns of scored data by their roles.</summary>
internal static class EvaluationColumns
{
    /// <summary>A column that has to be there. The message has role and name in the wrong places, as it has in ML.NET.</summary>
    public static DataViewSchema.Column Find(DataViewSchema schema, string role, string name)
        => schema.GetColumnOrNull(name) ?? throw Contracts.ExceptParam(nameof(schema), $"{name} column '{role}' not found");

    public static void CheckType(IHostEnvironment env, bool condition, string role, DataViewSchema.Column column, string expected)
    {
        if (!condition)
            throw env.ExceptSchemaMismatch("schema", role, column.Name, expected, column.Type.ToString()!);
    }

    /// <summary>A label as a number: booleans as 0 and 1, keys from 0 on, a missing key as NaN.</summary>
    public static Func<float> BindLabel(DataViewRow row, DataViewSchema.Column label)
    {
        switch (label.Type)
        {
            case KeyDataViewType key:
                var getKey = KeyReader.Bind(row, label);
                return () => getKey() is var value && value > 0 && value <= key.Count ? value - 1 : float.NaN;
            case BooleanDataViewType:
                var getBoolean = Bind<bool>(row, label);
                return () => getBoolean() ? 1 : 0;
            case var type when type == NumberDataViewType.Double:
                var getDouble = Bind<double>(row, label);
                return () => (float)getDouble();
            default:
                return Bind<float>(row, label);
        }
    }

    public static Func<T> Bind<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }
}
