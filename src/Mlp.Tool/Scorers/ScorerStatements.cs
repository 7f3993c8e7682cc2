using Mlp.Tool.Models;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Scorers;

/// <summary>The statements that fill the slots of a row.</summary>
internal sealed class ScorerStatements
{
    private readonly ScorerInputs _inputs;
    private readonly List<string> _lines = [];
    private readonly List<IReadOnlyList<string>> _tables = [];
    private readonly List<(string Type, string Name, string Value)> _members = [];
    private readonly List<float[]> _numbers = [];
    private readonly HashSet<string> _names = ["_scorer"];

    /// <param name="model">Says what columns are.</param>
    /// <param name="className">Of the scorer.</param>
    public ScorerStatements(SavedModel model, string className) => _inputs = new ScorerInputs(model, className, TableOf);

    public ScorerInputs Inputs => _inputs;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Tables of texts.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Tables => _tables;

    /// <summary>Members of the class, and what they are.</summary>
    public IReadOnlyList<(string Type, string Name, string Value)> Members => _members;

    public IReadOnlyList<float[]> Numbers => _numbers;

    /// <param name="parts">Of the feature vector, in order.</param>
    /// <param name="keys">Of the columns beside it.</param>
    public void Add(IReadOnlyList<FeaturePart> parts, IReadOnlyList<ColumnForm> keys)
    {
        int slot = 0;
        foreach (FeaturePart part in parts)
        {
            string expression = _inputs.Expression(part.Column);
            switch (part)
            {
                case NumberPart { IsVector: false } number:
                    _lines.Add($"rows.Set({CSharp.Literal(slot)}, {Stepped(expression, number.Steps)});");
                    break;
                case NumberPart vector:
                    AddVector(slot, expression, vector);
                    break;
                case CategoryPart category:
                    string table = TableOf(part.Column, category.Values);
                    _lines.Add($"rows.SetValue({CSharp.Literal(slot)}, {table}.IndexOf({expression}));");
                    break;
                case HashPart hash:
                    _lines.Add($"rows.SetValue({CSharp.Literal(slot)}, {HashOf(expression, hash.BitCount, hash.Seed)});");
                    break;
                case TextPart text:
                    _lines.Add($"{SlotsOf(text)}.Set(rows, {CSharp.Literal(slot)}, {expression});");
                    break;
                default:
                    throw new NotSupportedException(part.ToString());
            }
            slot += part.Width;
        }
        for (int column = 0; column < keys.Count; column++)
            _lines.Add($"rows.SetKey({CSharp.Literal(column)}, {KeyOf(keys[column])});");
    }

    private string KeyOf(ColumnForm form) => form switch
    {
        ColumnForm.Key key => $"{TableOf(key.Column, key.Values)}.IndexOf({_inputs.Expression(key.Column)})",
        ColumnForm.Hash hash => HashOf(_inputs.Expression(hash.Column), hash.BitCount, hash.Seed),
        _ => throw new NotSupportedException(form.ToString()),
    };

    private static string HashOf(string expression, int bitCount, uint seed) =>
        $"TextHash.IndexOf({expression}, {CSharp.Literal(bitCount)}, {seed}u)";

    private static string Stepped(string expression, IReadOnlyList<NumberStep> steps)
    {
        foreach (NumberStep step in steps)
        {
            expression = step switch
            {
                ReplaceMissing replace => $"NumberSteps.ReplaceMissing({expression}, {Literal(replace.Values[0])})",
                ScaleNumbers scale => $"NumberSteps.Scale({expression}, {Literal(scale.Offsets[0])}, {Literal(scale.Factors[0])})",
                _ => throw new NotSupportedException(step.ToString()),
            };
        }
        return expression;
    }

    private void AddVector(int slot, string expression, NumberPart vector)
    {
        string given = $"NumberSteps.Vector({expression}, {CSharp.Literal(vector.Width)}, {CSharp.Literal(vector.Column)})";
        if (vector.Steps.Count == 0)
        {
            _lines.Add($"rows.Set({CSharp.Literal(slot)}, {given});");
            return;
        }
        string name = NameOf(vector.Column, "");
        _lines.Add($"float[] {name} = [.. {given}];");
        foreach (NumberStep step in vector.Steps)
        {
            _lines.Add(step switch
            {
                ReplaceMissing replace => $"NumberSteps.ReplaceMissing({name}, {NumbersOf(replace.Values)});",
                ScaleNumbers scale => $"NumberSteps.Scale({name}, {NumbersOf(scale.Offsets)}, {NumbersOf(scale.Factors)});",
                _ => throw new NotSupportedException(step.ToString()),
            });
        }
        _lines.Add($"rows.Set({CSharp.Literal(slot)}, {name});");
    }

    private string NumbersOf(float[] numbers)
    {
        _numbers.Add(numbers);
        return $"_scorer.Numbers({CSharp.Literal(_numbers.Count - 1)})";
    }

    private string TableOf(string column, IReadOnlyList<string> values)
    {
        int index = _tables.FindIndex(values.SequenceEqual);
        if (index >= 0 && _members.Find(member => member.Value == TableAt(index)).Name is string known)
            return known;
        _members.Add(("CategoryTable", NameOf(column, "_"), Table(values)));
        return _members[^1].Name;
    }

    private string SlotsOf(TextPart text)
    {
        _members.Add((
            "TextSlots", NameOf(text.Column, "_"), $"new TextSlots({Table(text.Characters)}, {Table(text.Letters)}, {Table(text.Words)})"));
        return _members[^1].Name;
    }

    private string Table(IReadOnlyList<string> values)
    {
        _tables.Add(values);
        return TableAt(_tables.Count - 1);
    }

    private static string TableAt(int index) => $"_scorer.Table({CSharp.Literal(index)})";

    private string NameOf(string column, string prefix)
    {
        string name = CSharp.Identifier(column, []);
        string first = $"{prefix}{char.ToLowerInvariant(name[0])}{name[1..]}{(prefix.Length == 0 ? "Numbers" : "")}";
        string free = first;
        for (int number = 2; !_names.Add(free); number++)
            free = $"{first}{number}";
        return free;
    }

    private static string Literal(float value) => $"{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}f";
}
