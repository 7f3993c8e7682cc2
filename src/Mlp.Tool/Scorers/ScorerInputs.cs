using System.Security;
using Microsoft.ML.Data;
using Mlp.Tables;
using Mlp.Tables.Reading;
using Mlp.Tool.Models;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Scorers;

/// <summary>The properties of a scorer's input, and how the columns of the pipeline's input come from them.</summary>
internal sealed class ScorerInputs
{
    private readonly SavedModel _model;
    private readonly Func<string, IReadOnlyList<string>, string> _tableOf;
    private readonly HashSet<string> _taken;
    private readonly List<ScorerField> _fields = [];
    private readonly Dictionary<string, string> _properties = [];

    /// <param name="model">Says what columns are.</param>
    /// <param name="className">No property can have its name.</param>
    /// <param name="tableOf">The field that has a table of texts.</param>
    public ScorerInputs(SavedModel model, string className, Func<string, IReadOnlyList<string>, string> tableOf)
    {
        (_model, _tableOf) = (model, tableOf);
        _taken = [className, $"{className}Input", "EqualityContract", "Deconstruct", "PrintMembers", "Clone"];
    }

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<ScorerField> Fields => _fields;

    /// <summary>A column of the pipeline's input as an expression of the variable <c>row</c>: a float, a float array that may be null, or a
    /// text that may be null.</summary>
    public string Expression(string column)
    {
        InputColumn? input = _model.Notes.Inputs.FirstOrDefault(input => input.Name == column);
        string field = input?.Fields[0] ?? column;
        if (input?.Kind == InputKind.Date)
        {
            return input.Part == DatePart.DaysSince
                ? $"DateFeatures.DaysSince({Date(field)}, {Date(input.Fields[1])})" : $"DateFeatures.{input.Part}({Date(field)})";
        }
        DataViewType type = _model.Schema[column].Type;
        if (type is VectorDataViewType { Size: var size })
        {
            string fields = input is { IsVector: true } ? $"{field} to {input.Fields[^1]}" : column;
            return $"row.{Property(column, "float[]?", "", $"{fields}: {size} numbers, NaN for a missing one; null if all are.")}";
        }
        if (PlainNumbers.NameOf(type) is { } name)
        {
            string property = $"row.{Property(column, name, "", $"{field}.")}";
            return name == "bool" ? $"{property} ? 1f : 0f" : $"(float){property}";
        }
        if (type is not TextDataViewType)
            return $"row.{Property(column, "float", "float.NaN", $"{field}; NaN where it is missing.")}";
        string text = $"row.{Property(column, "string?", "", $"{field}; null or empty where it is missing.")}";
        return input?.TextForm switch
        {
            null => text,
            TextForm.IgnoreCase => $"TextValues.IgnoreCase({text})",
            TextForm.YesNo => $"TextValues.YesNo({text}, {Table("yes", TextForms.AllYes)}, {Table("no", TextForms.AllNo)})",
            _ => $"TextValues.Trim({text})",
        };
    }

    private string Table(string name, IEnumerable<string> words) =>
        _tableOf($"words {name}", [.. words.Select(word => word.ToLowerInvariant()).Distinct()]);

    private string Date(string field) => $"row.{Property(
        $"date {field}", "DateTime?", "", $"{field}, null where it is missing; a time is taken as it stands, in UTC.", field)}";

    private string Property(string key, string type, string first, string doc, string? name = null)
    {
        if (!_properties.TryGetValue(key, out string? property))
        {
            property = CSharp.Identifier(name ?? key, _taken);
            _properties[key] = property;
            _fields.Add(new ScorerField(property, type, first, SecurityElement.Escape(CSharp.Comment(doc))));
        }
        return property;
    }
}
