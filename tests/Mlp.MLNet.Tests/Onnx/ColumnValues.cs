using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>All values of a column, row after row, vectors in line.</summary>
internal static class ColumnValues
{
    public static float[] Floats(IDataView data, string column) => Of<float>(data, column);

    public static T[] Of<T>(IDataView data, string column) => data.Schema[column].Type is VectorDataViewType
        ? [.. data.GetColumn<VBuffer<T>>(column).SelectMany(value => value.DenseValues())] : [.. data.GetColumn<T>(column)];

    /// <summary>In the type that tensors have them in.</summary>
    public static Array Any(IDataView data, string column)
    {
        DataViewType type = data.Schema[column].Type is VectorDataViewType vector ? vector.ItemType : data.Schema[column].Type;
        return type switch
        {
            TextDataViewType => Of<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString()).ToArray(),
            _ when type.RawType == typeof(float) => Of<float>(data, column),
            _ when type.RawType == typeof(bool) => Of<bool>(data, column),
            _ when type.RawType == typeof(int) => Of<int>(data, column),
            _ when type.RawType == typeof(uint) => Of<uint>(data, column),
            _ => throw new NotSupportedException($"Column '{column}' is {type}."),
        };
    }
}
