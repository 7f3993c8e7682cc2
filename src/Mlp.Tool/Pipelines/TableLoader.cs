using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tables;

namespace Mlp.Tool.Pipelines;

/// <summary>A file → ML.NET's rows.</summary>
internal static class TableLoader
{
    /// <summary>The rows, read from the file whenever they are asked for.</summary>
    /// <param name="ml">Reads.</param>
    /// <param name="file">As the text loader can read it.</param>
    /// <param name="table">Its columns.</param>
    /// <param name="inputs">What to load. The column of a label that the table does not have is loaded as missing.</param>
    public static IDataView Load(MLContext ml, LoadableTable file, TableDescription table, IReadOnlyList<InputColumn> inputs)
    {
        var indices = table.Columns.ToDictionary(column => column.Name, column => column.Index);
        return ml.Data.LoadFromTextFile(file.Path, CreateOptions(file, [.. inputs.Select(input => input.ToLoaderColumn(IndexOf))]));

        // A field behind the last one is one that every row lacks.
        int IndexOf(string name) => indices.TryGetValue(name, out int index) ? index : table.Columns.Count;
    }

    private static TextLoader.Options CreateOptions(LoadableTable file, TextLoader.Column[] columns) => new()
    {
        Separators = [file.Separator],
        DecimalMarker = file.DecimalMark,
        HasHeader = file.HasHeader,
        AllowQuoting = file.AllowQuoting,
        MissingRealsAsNaNs = true,
        Columns = columns,
    };
}
