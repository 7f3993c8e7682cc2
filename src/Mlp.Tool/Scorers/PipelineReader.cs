using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;
using Mlp.MLNet;

namespace Mlp.Tool.Scorers;

/// <summary>Follows a pipeline from its input to the network, and finds out what each column is.</summary>
/// <remarks>ML.NET does not say what parameters its transformers have. Values of keys are annotations; numbers are asked for with rows that
/// show them. <see cref="FeatureCheck"/> compares the result with the pipeline.</remarks>
internal sealed class PipelineReader
{
    private readonly Dictionary<string, ColumnForm> _forms;

    private PipelineReader(DataViewSchema schema) =>
        _forms = schema.Where(column => !column.IsHidden)
            .ToDictionary(column => column.Name, column => (ColumnForm)new ColumnForm.Input(column.Name, column.Type));

    /// <summary>What the columns are where the network reads them.</summary>
    /// <param name="pipeline">Ends with the network, or goes on after it.</param>
    /// <param name="schema">Of its input.</param>
    public static IReadOnlyDictionary<string, ColumnForm> Read(ITransformer pipeline, DataViewSchema schema)
    {
        var reader = new PipelineReader(schema);
        foreach (ITransformer step in StepsOf(pipeline).TakeWhile(step => step is not MlpTransformerBase))
        {
            DataViewSchema output = step.GetOutputSchema(schema);
            if (!step.IsRowToRowMapper)
                reader.Lose(step, schema, output);
            else
                reader.Follow(step, schema, output);
            schema = output;
        }
        return reader._forms;
    }

    private static IEnumerable<ITransformer> StepsOf(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(StepsOf) : [transformer];

    private void Follow(ITransformer step, DataViewSchema input, DataViewSchema output)
    {
        IRowToRowMapper mapper = step.GetRowToRowMapper(input);
        var made = new Dictionary<string, ColumnForm>();
        foreach (string name in MadeBy(input, output))
        {
            string[] sources = [.. mapper.GetDependencies([output[name]]).Select(column => column.Name).Distinct()];
            ColumnForm.Unreadable? lost = sources.Select(source => _forms[source]).OfType<ColumnForm.Unreadable>().FirstOrDefault();
            // ML.NET's own columns between two steps have names that nobody knows: the one that comes of them is named.
            lost = lost is not null && sources.Length == 1 ? lost with { Column = name } : lost;
            made[name] = lost ?? FormOf(step, mapper, output[name], sources) ?? NotKnown(step, name, sources);
        }
        foreach ((string name, ColumnForm form) in made)
            _forms[name] = form;
    }

    /// <summary>Columns that are new, or replace one of the same name, which is then hidden.</summary>
    private static IEnumerable<string> MadeBy(DataViewSchema input, DataViewSchema output) =>
        output.Select(column => column.Name).Distinct().Where(name =>
            output.Count(column => column.Name == name) > input.Count(column => column.Name == name)
            || !output[name].Type.Equals(input[name].Type));

    private ColumnForm? FormOf(ITransformer step, IRowToRowMapper mapper, DataViewSchema.Column made, string[] sources) => step switch
    {
        ColumnConcatenatingTransformer => Concatenated(mapper, made.Name, sources),
        ColumnCopyingTransformer => _forms[sources[0]],
        ValueToKeyMappingTransformer => _forms[sources[0]] is ColumnForm.Input { Type: TextDataViewType } text
            && made.HasKeyValues(TextDataViewType.Instance) ? new ColumnForm.Key(text.Column, SlotsOf.KeyValues(made)) : null,
        HashingTransformer => _forms[sources[0]] is ColumnForm.Input { Type: TextDataViewType } text
            ? HashReader.Read(mapper, made, sources[0], text.Column) : null,
        KeyToVectorMappingTransformer when _forms[sources[0]] is ColumnForm.Hash hash =>
            made.Type is VectorDataViewType { Size: var slots } && slots == 1 << hash.BitCount
            ? new ColumnForm.Numbers([new HashPart(hash.Column, hash.BitCount, hash.Seed)], IsVector: true) : null,
        KeyToVectorMappingTransformer => _forms[sources[0]] is ColumnForm.Key key
            && made.Type is VectorDataViewType { Size: var size } && size == key.Values.Count
            ? new ColumnForm.Numbers([new CategoryPart(key.Column, key.Values)], IsVector: true) : null,
        TypeConvertingTransformer => _forms[sources[0]] is ColumnForm.Input plain && PlainNumbers.NameOf(plain.Type) is not null
            && made.Type == NumberDataViewType.Single
            ? new ColumnForm.Numbers([new NumberPart(plain.Column, 1, IsVector: false, [])], IsVector: false) : null,
        MissingValueReplacingTransformer => Stepped(sources[0], (numbers, width) => Replacing(mapper, made.Name, sources[0], width)),
        NormalizingTransformer normalizer => Stepped(
            sources[0], (numbers, width) => Scaling(normalizer, mapper, made.Name, sources[0], numbers)),
        _ when KindOf(step) == nameof(TextFeaturizingEstimator) && sources is [var source]
            && _forms[source] is ColumnForm.Input { Type: TextDataViewType } text =>
            TextReader.Read(mapper, made, source) is { } part
                ? new ColumnForm.Numbers([part with { Column = text.Column }], IsVector: true) : null,
        _ => null,
    };

    /// <summary>Columns side by side: each slot gets a number of its own, and says where it comes from.</summary>
    private ColumnForm? Concatenated(IRowToRowMapper mapper, string name, string[] sources)
    {
        var numbers = new Dictionary<string, object>();
        var columns = new List<(int First, ColumnForm.Numbers Form)>();
        int next = 1;
        foreach (string source in sources)
        {
            if (NumbersOf(source) is not { } form)
                return null;
            numbers[source] = Enumerable.Range(next, form.Width).Select(number => (float)number).ToArray();
            columns.Add((next, form));
            next += form.Width;
        }
        float[] slots = ProbeRow.Compute(mapper, name, numbers);
        var parts = new List<FeaturePart>();
        for (int slot = 0; slot < slots.Length;)
        {
            ColumnForm.Numbers? found = columns.Find(column => column.First == slots[slot]).Form;
            if (found is null)
                return null;
            parts.AddRange(found.Parts);
            slot += found.Width;
        }
        return new ColumnForm.Numbers(parts, IsVector: true);
    }

    /// <summary>A column with one step more.</summary>
    private ColumnForm.Numbers? Stepped(string source, Func<ColumnForm.Numbers, int, NumberStep?> create)
    {
        if (NumbersOf(source) is not { } numbers || create(numbers, numbers.Width) is not { } step)
            return null;
        var parts = new List<FeaturePart>();
        int start = 0;
        foreach (FeaturePart part in numbers.Parts)
        {
            NumberStep own = step.Of(start, part.Width);
            if (part is NumberPart number)
                parts.Add(number with { Steps = [.. number.Steps, own] });
            else if (Keeps(own, part.Width, 0) && Keeps(own, part.Width, 1))
                parts.Add(part);
            else
                return null;
            start += part.Width;
        }
        return numbers with { Parts = parts };
    }

    private static bool Keeps(NumberStep step, int width, float number)
    {
        float[] numbers = [.. Enumerable.Repeat(number, width)];
        step.Apply(numbers);
        return numbers.All(kept => kept == number);
    }

    private static ReplaceMissing Replacing(IRowToRowMapper mapper, string name, string source, int width) =>
        new(ProbeRow.Compute(
            mapper, name, new Dictionary<string, object> { [source] = Enumerable.Repeat(float.NaN, width).ToArray() }));

    /// <summary>Which of a normalizer's parameters are a column's: those that give what it gives.</summary>
    private static ScaleNumbers? Scaling(
        NormalizingTransformer normalizer, IRowToRowMapper mapper, string name, string source, ColumnForm.Numbers numbers)
    {
        float[] shown = [.. Enumerable.Range(0, numbers.Width).Select(index => 0.37f + 1.7f * index)];
        float[] expected = ProbeRow.Compute(mapper, name, new Dictionary<string, object> { [source] = shown });
        // It does not say how many columns it has: as many as it gives at the most.
        for (int index = 0; index < mapper.OutputSchema.Count; index++)
        {
            ScaleNumbers? step = ParametersOf(normalizer, index);
            if (step is null)
                return null;
            if (step.Factors.Length != numbers.Width)
                continue;
            float[] computed = [.. shown];
            step.Apply(computed);
            if (computed.SequenceEqual(expected))
                return step;
        }
        return null;
    }

    /// <summary>Empty for parameters of another kind; null behind the last.</summary>
    private static ScaleNumbers? ParametersOf(NormalizingTransformer normalizer, int index)
    {
        try
        {
            return normalizer.GetNormalizerModelParameters(index) switch
            {
                NormalizingTransformer.AffineNormalizerModelParameters<float> one => new ScaleNumbers([one.Offset], [one.Scale]),
                NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> many => new ScaleNumbers(
                    many.Offset.IsDefaultOrEmpty ? new float[many.Scale.Length] : [.. many.Offset], [.. many.Scale]),
                _ => new ScaleNumbers([], []),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>A column as numbers; null where it is something else.</summary>
    private ColumnForm.Numbers? NumbersOf(string column) => Numbers(_forms[column]);

    /// <summary>A column as numbers; null where it is something else.</summary>
    public static ColumnForm.Numbers? Numbers(ColumnForm form) => form switch
    {
        ColumnForm.Numbers numbers => numbers,
        ColumnForm.Input { Type: var type } input when type == NumberDataViewType.Single =>
            new ColumnForm.Numbers([new NumberPart(input.Column, 1, IsVector: false, [])], IsVector: false),
        ColumnForm.Input { Type: VectorDataViewType { Size: > 0 } vector } input when vector.ItemType == NumberDataViewType.Single =>
            new ColumnForm.Numbers([new NumberPart(input.Column, vector.Size, IsVector: true, [])], IsVector: true),
        _ => null,
    };

    private void Lose(ITransformer step, DataViewSchema input, DataViewSchema output)
    {
        foreach (string name in MadeBy(input, output).ToArray())
            _forms[name] = NotKnown(step, name, []);
    }

    private ColumnForm.Unreadable NotKnown(ITransformer step, string name, string[] sources)
    {
        string from = sources.Length == 0 ? "" : $"from {string.Join(", ", sources.Select(Describe))} ";
        return new ColumnForm.Unreadable(name, $"{from}by {KindOf(step)}");
    }

    /// <summary>Some transformers are known by their estimators' names alone.</summary>
    private static string KindOf(ITransformer step) =>
        step.GetType().Name == "Transformer" ? step.GetType().DeclaringType!.Name : step.GetType().Name;

    private string Describe(string column) =>
        _forms[column] is ColumnForm.Input input ? $"'{column}' ({input.Type})" : $"'{column}'";
}
