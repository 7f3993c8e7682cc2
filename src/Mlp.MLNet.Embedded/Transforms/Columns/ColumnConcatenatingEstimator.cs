using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
    {
        _host = env.Register(nameof(ColumnConcatenatingEstimator));
        _host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        _host.CheckValue(inputColumnNames, nameof(inputColumnNames));
        _host.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        _host.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _output = outputColumnName;
        _inputs = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new ColumnConcatenatingTransformer(_host, _output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        columns[_output] = Concatenate([.. _inputs.Select(name => CheckInput(inputSchema, name))]);
        return new SchemaShape(columns.Values);
    }

    private SchemaShape.Column CheckInput(SchemaShape inputSchema, string name)
    {
        SchemaShape.Column column = inputSchema.GetInputColumn(_host, name);
        DataViewType expected = inputSchema.GetInputColumn(_host, _inputs[0]).ItemType;
        if (column.IsKey)
            throw _host.Except($"Column '{name}' is key. Concatenation of keys is unsupported.");
        if (!column.ItemType.Equals(expected))
        {
            throw _host.Except($"Concatenated columns should have the same type. Column '{name}' has type of {column.ItemType}, " +
                $"but expected column type is {expected}.");
        }

        return column;
    }

    private SchemaShape.Column Concatenate(SchemaShape.Column[] inputs)
    {
        var annotations = new List<SchemaShape.Column>();
        if (inputs.All(column => column.PromisesNormalized()))
            annotations.Add(AnnotationShapes.IsNormalized);
        if (inputs.Any(column => column.PromisesCategoricalRanges()))
            annotations.Add(AnnotationShapes.CategoricalSlotRanges);
        if (inputs.Any(column => column.Kind == VectorKind.Scalar || column.PromisesSlotNames()))
            annotations.Add(AnnotationShapes.SlotNames);
        bool isVariable = inputs.Any(column => column.Kind == VectorKind.VariableVector);
        return new SchemaShape.Column(
            _output, isVariable ? VectorKind.VariableVector : VectorKind.Vector, inputs[0].ItemType, false, new SchemaShape(annotations));
    }
}
