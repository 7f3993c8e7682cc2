using System.Globalization;
using Mlp.Reports.Findings;
using Mlp.Tables;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Serving;

/// <summary>Sums up what features contribute by the columns that a row has: all words of a text, all parts of a date.</summary>
internal sealed class FieldContributions
{
    private readonly Dictionary<string, int> _fields;
    private readonly IReadOnlyList<ServedField> _all;
    private readonly InputColumn[] _inputs;

    /// <param name="fields">Of a row.</param>
    /// <param name="inputs">The features of the pipeline.</param>
    public FieldContributions(IReadOnlyList<ServedField> fields, IEnumerable<InputColumn> inputs)
    {
        _all = fields;
        _fields = fields.Select((field, index) => (field.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        // A name can begin with another one.
        _inputs = [.. inputs.OrderByDescending(input => input.Name.Length)];
    }

    /// <param name="explanation">By groups of features.</param>
    /// <param name="batch">What was given.</param>
    /// <param name="row">Of it.</param>
    public RowContributions OfFields(RowContributions explanation, RowBatch batch, int row) => explanation with
    {
        Contributions = [.. explanation.Contributions.GroupBy(each => ColumnOf(each.Name)).Select(group =>
        {
            string value = _fields.TryGetValue(group.Key, out int field) ? GivenAt(batch, field, row) : group.First().Value;
            return (group.Key, value, group.Sum(each => each.Contribution));
        }).OrderByDescending(each => Math.Abs(each.Item3))],
    };

    /// <summary>A slot is called like its column, or 'column.value'.</summary>
    private string ColumnOf(string feature)
    {
        foreach (InputColumn input in _inputs)
        {
            string rest = feature == input.Name ? "" : feature.StartsWith(input.Name + ".", StringComparison.Ordinal)
                ? feature[(input.Name.Length + 1)..] : feature;
            if (rest == feature)
                continue;
            // What lies between two dates belongs to neither of them.
            return input.Part == DatePart.DaysSince ? input.Name : input.Fields.FirstOrDefault(field => field == rest, input.Fields[0]);
        }
        return feature;
    }

    private string GivenAt(RowBatch batch, int field, int row)
    {
        if (batch.Texts[field] is { } texts)
            return string.IsNullOrWhiteSpace(texts[row]) ? "missing" : texts[row]!;
        batch.Columns[field].TryNumber(row, out double number);
        string unit = _all[field].Unit;
        return double.IsNaN(number) ? "missing"
            : number.ToString("G6", CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : " " + unit);
    }
}
