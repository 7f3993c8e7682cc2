using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Mlp.MLNet.Reading;

namespace Mlp.MLNet.Training;

/// <summary>Gives the keys of a fitted pipeline the further values of new rows, after those that they have.</summary>
internal static class GrownKeys
{
    // A value that comes once is a typing error as often as not, and one row teaches a network nothing of it.
    private const int LeastRowCount = 2;

    /// <summary>The steps of a model, chains in chains resolved. One-hot encoding becomes the steps that it consists of.</summary>
    public static IEnumerable<ITransformer> StepsOf(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        if (model is OneHotEncodingTransformer encoding)
        {
            // It does not show its steps before it has been saved.
            using var zip = new MemoryStream();
            ml.Model.Save(encoding, schema, zip);
            model = ml.Model.Load(zip, out _);
        }
        return model is IEnumerable<ITransformer> chain ? chain.SelectMany(step => StepsOf(ml, step, schema)) : [model];
    }

    /// <param name="ml">Makes the step.</param>
    /// <param name="step">Maps texts to keys; other steps, and other values, stay as they are.</param>
    /// <param name="data">New rows, as the step takes them.</param>
    /// <param name="labelColumn">Its classes are those of the outputs, and cannot become more.</param>
    public static ITransformer Grow(MLContext ml, ITransformer step, IDataView data, string labelColumn)
    {
        if (step is not ValueToKeyMappingTransformer)
            return step;
        IRowToRowMapper mapper = step.GetRowToRowMapper(data.Schema);
        // A column that takes the place of another stands beside it, not at the end.
        DataViewSchema.Column[] outputs = [.. mapper.OutputSchema.Where(column => !column.IsHidden
            && data.Schema.GetColumnOrNull(column.Name)?.Type.Equals(column.Type) != true)];
        var mappings = new List<(string Output, string Input, string[] Values, string[] Further)>();
        foreach (DataViewSchema.Column output in outputs)
        {
            DataViewSchema.Column[] inputs = [.. mapper.GetDependencies([output])];
            bool isText = inputs is [{ Type: TextDataViewType }] && output.Type is KeyDataViewType
                && output.Name != labelColumn && LabelValues.OfKey(output)?.Type is TextDataViewType;
            if (!isText)
                return step;
            string[] values = LabelValues.OfKey(output)!.ToTexts();
            mappings.Add((output.Name, inputs[0].Name, values, FurtherValues(data, inputs[0], values)));
        }
        // Steps one after the other must not read what the ones before have written.
        bool isInOrder = mappings.All(mapping => mappings.All(other =>
            mapping == other || (mapping.Output != other.Input && mapping.Output != other.Output)));
        if (!isInOrder || mappings.All(mapping => mapping.Further.Length == 0))
            return step;
        var steps = new TransformerChain<ITransformer>();
        foreach ((string output, string input, string[] values, string[] further) in mappings)
        {
            IDataView keys = ml.Data.LoadFromEnumerable(values.Concat(further).Select(value => new Key { Value = value }));
            steps = steps.Append<ITransformer>(
                ml.Transforms.Conversion.MapValueToKey(output, input, values.Length + further.Length, keyData: keys).Fit(data));
        }
        return steps;
    }

    private static string[] FurtherValues(IDataView data, DataViewSchema.Column column, string[] values)
    {
        HashSet<string> known = [.. values];
        var counts = new OrderedDictionary<string, int>();
        foreach (ReadOnlyMemory<char> text in data.GetColumn<ReadOnlyMemory<char>>(column))
        {
            if (text.Length == 0)
                continue;
            string value = text.ToString();
            if (!known.Contains(value))
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        return [.. counts.Where(pair => pair.Value >= LeastRowCount).Select(pair => pair.Key)];
    }

    private sealed class Key
    {
        public string Value { get; set; } = "";
    }
}
