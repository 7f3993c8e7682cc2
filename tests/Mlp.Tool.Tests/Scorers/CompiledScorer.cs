using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Tests.Scorers;

/// <summary>What <c>mlp export --csharp</c> wrote, compiled with the base library alone.</summary>
internal sealed class CompiledScorer
{
    private readonly object _scorer;
    private readonly MethodInfo _scoreOne, _scoreMany;
    private readonly Type _input;

    private CompiledScorer(Assembly assembly, string name)
    {
        Type type = assembly.GetType($"Scorers.{name}", throwOnError: true)!;
        _input = assembly.GetType($"Scorers.{name}Input", throwOnError: true)!;
        _scorer = type.GetMethod("Load")!.Invoke(null, null)!;
        _scoreOne = type.GetMethod("Score", [_input])!;
        _scoreMany = type.GetMethod("ScoreAll")!;
        Names = (type.GetProperty("Classes") ?? type.GetProperty("Labels") ?? type.GetProperty("Targets"))?.GetValue(null)
            as IReadOnlyList<string>;
    }

    /// <summary>Names of classes, labels or targets.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Exports a zip and compiles what comes of it.</summary>
    public static CompiledScorer Of(string zip, string name = "Model")
    {
        string source = Path.ChangeExtension(zip, null) + $".{name}", path = Path.Combine(source, $"{name}.cs");
        Directory.CreateDirectory(source);
        var run = ToolRun.Of("export", zip, "--csharp", path);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        return Compile(path, Path.ChangeExtension(path, ".weights"), name);
    }

    /// <param name="path">Of the class.</param>
    /// <param name="weights">Of its weights.</param>
    /// <param name="name">Of the class.</param>
    /// <param name="usesPackage">Whether it is compiled with Mlp.Scoring, too.</param>
    public static CompiledScorer Compile(string path, string weights, string name, bool usesPackage = false)
    {
        string[] trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(File.ReadAllText(path))],
            [.. trusted.Where(library => Path.GetDirectoryName(library) == framework)
                .Concat(usesPackage ? [typeof(Mlp.Scoring.Scorer).Assembly.Location] : [])
                .Select(library => MetadataReference.CreateFromFile(library))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        var resource = new ResourceDescription(Path.GetFileName(weights), () => File.OpenRead(weights), isPublic: true);
        var result = compilation.Emit(assembly, manifestResources: [resource]);
        Assert.Empty(result.Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning));
        assembly.Position = 0;
        return new CompiledScorer(new AssemblyLoadContext(name, isCollectible: true).LoadFromStream(assembly), name);
    }

    /// <summary>A row of the scorer's input.</summary>
    /// <param name="values">By property; those that are left out stay missing.</param>
    public object Row(IEnumerable<(string Property, object? Value)> values)
    {
        object row = Activator.CreateInstance(_input)!;
        foreach ((string property, object? value) in values)
        {
            // The days of a date are a number to the pipeline.
            PropertyInfo? found = _input.GetProperty(property);
            if (found is not null && !(value is float && found.PropertyType == typeof(DateTime?)))
                found.SetValue(row, value);
        }
        return row;
    }

    public object Score(object row) => _scoreOne.Invoke(_scorer, [row])!;

    public Array Score(Array rows) => (Array)_scoreMany.Invoke(_scorer, [rows])!;

    /// <summary>Compares all that it gives with what a pipeline gives for rows: one at a time, many at once, and on several
    /// threads.</summary>
    /// <param name="data">The pipeline's input: numbers, vectors of them, and texts.</param>
    /// <param name="pipeline">The model.</param>
    /// <param name="more">Further properties of each row, such as dates.</param>
    public void AssertSameAs(IDataView data, ITransformer pipeline, Func<int, IEnumerable<(string, object?)>>? more = null)
    {
        Array rows = ReadRows(data, more);
        IDataView scored = pipeline.Transform(data);
        Array many = Score(rows);
        object[] single = new object[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
            single[index] = Score(rows.GetValue(index)!));
        foreach (string column in Columns.Where(column => scored.Schema.GetColumnOrNull(column) is not null))
        {
            float[][] expected = ReadNumbers(scored, column);
            Assert.Equal(rows.Length, expected.Length);
            // Score.Lower is Lower.
            string property = column[(column.IndexOf('.') + 1)..];
            for (int index = 0; index < expected.Length; index++)
            {
                AssertSameBits(expected[index], Property(many.GetValue(index)!, property), index);
                AssertSameBits(expected[index], Property(single[index], property), index);
            }
        }
    }

    private static readonly string[] Columns = ["Score", "Probability", "Score.Lower", "Score.Upper", "PredictedLabelSet"];

    private static object? Property(object output, string name) => output.GetType().GetProperty(name)!.GetValue(output);

    private static void AssertSameBits(float[] expected, object? found, int row)
    {
        float[] values = found switch
        {
            bool[] flags => [.. flags.Select(flag => flag ? 1f : 0)],
            float[] many => many,
            _ => [(float)found!],
        };
        Assert.Equal(expected.Length, values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[index]) == BitConverter.SingleToInt32Bits(values[index])
                    || (float.IsNaN(expected[index]) && float.IsNaN(values[index])),
                $"Row {row}, value {index}: {values[index]:R} instead of {expected[index]:R}.");
        }
    }

    private Array ReadRows(IDataView data, Func<int, IEnumerable<(string, object?)>>? more)
    {
        var rows = new List<object>();
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        var readers = data.Schema.Where(column => !column.IsHidden)
            .Select(column => (Name: CSharp.Identifier(column.Name, []), Read: Reader(cursor, column)))
            .Where(pair => pair.Read is not null).ToArray();
        while (cursor.MoveNext())
            rows.Add(Row([.. readers.Select(reader => (reader.Name, reader.Read!())), .. more?.Invoke(rows.Count) ?? []]));
        var array = Array.CreateInstance(_input, rows.Count);
        for (int index = 0; index < rows.Count; index++)
            array.SetValue(rows[index], index);
        return array;
    }

    private static Func<object?>? Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
        {
            ValueGetter<ReadOnlyMemory<char>> getText = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> text = default;
            return () =>
            {
                getText(ref text);
                return text.ToString();
            };
        }
        if (column.Type == NumberDataViewType.Int32)
            return PlainReader<int>(row, column);
        if (column.Type == NumberDataViewType.Double)
            return PlainReader<double>(row, column);
        if (column.Type == BooleanDataViewType.Instance)
            return PlainReader<bool>(row, column);
        if (column.Type != NumberDataViewType.Single && (column.Type as VectorDataViewType)?.ItemType != NumberDataViewType.Single)
            return null;
        Func<float[]> read = NumberReader(row, column);
        return column.Type is VectorDataViewType ? read : () => read()[0];
    }

    private static Func<object?> PlainReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return value;
        };
    }

    private static float[][] ReadNumbers(IDataView data, string name)
    {
        var rows = new List<float[]>();
        DataViewSchema.Column column = data.Schema[name];
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<float[]> read = NumberReader(cursor, column);
        while (cursor.MoveNext())
            rows.Add(read());
        return [.. rows];
    }

    private static Func<float[]> NumberReader(DataViewRow row, DataViewSchema.Column column)
    {
        if ((column.Type as VectorDataViewType)?.ItemType == BooleanDataViewType.Instance)
        {
            ValueGetter<VBuffer<bool>> getFlags = row.GetGetter<VBuffer<bool>>(column);
            VBuffer<bool> flags = default;
            return () =>
            {
                getFlags(ref flags);
                return [.. flags.DenseValues().Select(flag => flag ? 1f : 0)];
            };
        }
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> getVector = row.GetGetter<VBuffer<float>>(column);
            VBuffer<float> vector = default;
            return () =>
            {
                getVector(ref vector);
                return [.. vector.DenseValues()];
            };
        }
        ValueGetter<float> getNumber = row.GetGetter<float>(column);
        float number = 0;
        return () =>
        {
            getNumber(ref number);
            return [number];
        };
    }
}
